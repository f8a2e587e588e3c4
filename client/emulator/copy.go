package emulator

import "encoding/binary"

// Copy is another tenant in the state that this one is in now: what happens to one does not happen to the other. Its lists of
// requests and messages are empty, and nothing goes wrong there. It costs nothing, because documents are never changed in place.
func (t *Tenant) Copy() *Tenant {
	t.mu.Lock()
	state, version := t.state, t.version
	t.mu.Unlock()
	opts := t.opts
	// No copy of a copy repeats an id either.
	opts.NewID, opts.Faults = countedIDs(binary.AppendVarint(nil, int64(version))), nil
	return &Tenant{opts: opts, state: state, version: version, bucket: newBucket(opts.RateLimit, opts.Now())}
}
