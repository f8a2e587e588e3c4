// Package pattern makes regular expressions that are compiled when they are first used.
//
// Compiled where they stand, some sixty of them would cost every start of the program most of a millisecond and half a megabyte, `upe version`
// as well, which uses none.
package pattern

import (
	"regexp"
	"sync"
)

// Lazy is [regexp.MustCompile], put off until the first call of what it returns, which is safe for concurrent use.
func Lazy(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
