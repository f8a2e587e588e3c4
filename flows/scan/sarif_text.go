package scan

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// fingerprint tells results apart: what was found, and which of several alike in the file it is.
func fingerprint(key string, nth int) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // never fails, see hash.Hash
	return fmt.Sprintf("%016x:%d", h.Sum64(), nth)
}

// uri writes a path as a relative reference of RFC 3986: whatever is not unreserved or a slash is escaped.
func uri(path string) string {
	var out strings.Builder
	for i := range len(path) {
		c := path[i]
		if letters[c] || strings.IndexByte("-.~/", c) >= 0 {
			out.WriteByte(c)
			continue
		}
		fmt.Fprintf(&out, "%%%02X", c)
	}
	return out.String()
}
