package emulator

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// systemClock is the clock of a tenant that is given none.
func systemClock() time.Time {
	return time.Now() //nolint:forbidigo // the default of Options.Now, for callers that do not care which time it is
}

// The kinds of identifiers that [Options].NewID is asked for.
const (
	KindProvider   = "provider"   // "pro_…"
	KindTemplate   = "template"   // "tem_…"
	KindConnection = "connection" // "con_…"
	KindClient     = "client"     // 32 letters and digits
	KindAction     = "action"     // a UUID
	KindVersion    = "version"    // a UUID: one version of an Action
	KindBinding    = "binding"    // a UUID
	KindLog        = "log"        // 56 digits
	KindCode       = "code"       // a one-time code of six digits
)

const (
	digits       = "0123456789"
	alphanumeric = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789"
)

// countedIDs makes identifiers that look like Auth0's and follow from the seed and their number alone: the same tenant file and
// the same requests give the same ids. The seed is the file, so a state that is loaded again does not repeat the ids in it.
func countedIDs(seed []byte) func(kind string) string {
	number := uint64(0)
	return func(kind string) string {
		number++
		h := sha256.New()
		h.Write(seed)
		h.Write(binary.BigEndian.AppendUint64(nil, number))
		sum := h.Sum(nil)
		switch kind {
		case KindProvider:
			return "pro_" + spelled(alphanumeric, sum[:22])
		case KindTemplate:
			return "tem_" + spelled(alphanumeric, sum[:22])
		case KindConnection:
			return "con_" + spelled(alphanumeric, sum[:16])
		case KindClient:
			return spelled(alphanumeric, sum)
		case KindLog:
			return "90020" + spelled(digits, sum) + spelled(digits, sum[:19])
		case KindCode:
			return spelled(digits, sum[:6])
		}
		return uuid(sum)
	}
}

// spelled writes each byte as one letter of an alphabet.
func spelled(alphabet string, raw []byte) string {
	out := make([]byte, len(raw))
	for i, b := range raw {
		out[i] = alphabet[int(b)%len(alphabet)]
	}
	return string(out)
}

// uuid writes 16 bytes as a UUID of version 4.
func uuid(raw []byte) string {
	b := append([]byte(nil), raw[:16]...)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
