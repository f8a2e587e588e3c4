package scan

import "encoding/binary"

// anchors are parts of what is looked for, each of exactly [anchorLength] letters: whatever the table has holds one of
// them, and little else in the world does. They are compared without regard to case.
var anchors = []string{
	"guardian",
	"phonefac", "smsfacto", "smsselec", // node-auth0 4, behind any receiver
	"torprovi", "tor_prov", "ortempla", // FactorProvider, factor_providers, FactorTemplates
	"multifac",                                     // go-auth0 1
	"lioconfi", "mstempla", "derconfi", "enttempl", // auth0.net 7
	"send-pho", "sendphon", // the trigger, its handler
	"age-hook",             // phone-message-hook
	"sms_prov",             // sms_provider_error
	"nt, text", "nt,text,", // a Hook's parameters
	"ted-prov", // selected-provider
}

const (
	anchorLength = 8
	gram         = 3 // letters that are looked at together
	farthest     = anchorLength - gram + 1
)

// grams is the number of combinations of three letters of five bits each. Five bits are enough to tell letters, and take no notice of
// case.
const grams = 1 << 15

// finder looks for the anchors in one pass. It reads three bytes at a time and knows from them how far the next anchor is at
// least: mostly six bytes, so most of a text is never looked at (the algorithm of Wu and Manber).
type finder struct {
	skip  [grams]uint8
	heads map[uint32][]string // the anchors that end in these three letters
}

func newFinder() *finder {
	f := &finder{heads: map[uint32][]string{}}
	for i := range f.skip {
		f.skip[i] = farthest
	}
	for _, a := range anchors {
		for end := gram; end <= anchorLength; end++ {
			g := gramOf(uint32(a[end-3]) | uint32(a[end-2])<<8 | uint32(a[end-1])<<16)
			f.skip[g] = min(f.skip[g], uint8(anchorLength-end))
		}
		g := gramOf(uint32(a[5]) | uint32(a[6])<<8 | uint32(a[7])<<16)
		f.heads[g] = append(f.heads[g], a)
	}
	return f
}

// gramOf packs three letters.
func gramOf(v uint32) uint32 { return v&0x1f | v>>3&0x3e0 | v>>6&0x7c00 }

// find returns where the first anchor ends in data, or -1.
func (f *finder) find(data []byte) int {
	i := anchorLength - gram
	for i+4 <= len(data) {
		g := gramOf(binary.LittleEndian.Uint32(data[i:]))
		if n := f.skip[g]; n > 0 {
			i += int(n)
			continue
		}
		if f.ends(g, data[:i+gram]) {
			return i + gram
		}
		i++
	}
	// The last three bytes, which cannot be read as four.
	if i+gram == len(data) {
		g := gramOf(uint32(data[i]) | uint32(data[i+1])<<8 | uint32(data[i+2])<<16)
		if f.skip[g] == 0 && f.ends(g, data) {
			return len(data)
		}
	}
	return -1
}

// ends reports whether data ends in one of the anchors of a gram.
func (f *finder) ends(g uint32, data []byte) bool {
	tail := data[len(data)-anchorLength:]
	for _, a := range f.heads[g] {
		if folds(tail, a) {
			return true
		}
	}
	return false
}

// folds compares without regard to the case of ASCII letters; a is lower case.
func folds(b []byte, a string) bool {
	for i := range len(a) {
		c := b[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if c != a[i] {
			return false
		}
	}
	return true
}
