package safe

import "io"

// A Stream cleans what is written to it and hands it on. It is not safe for use by several goroutines at once.
type Stream struct {
	to    io.Writer
	clean cleaner
	held  []byte // the start of a rune, or a joiner whose neighbour has not come yet: a few bytes
	buf   []byte // reused between writes
}

// Writer returns a stream that cleans as [Block] does and writes to w, whatever way the text is cut into writes. Everything
// is plain text to it: colours of our own would be shown as well, so style after this door, not before.
//
// A rune cut in two by the end of a write waits for the rest. Text that ends in a newline never waits; call Flush after
// text that may not.
func Writer(w io.Writer) *Stream { return &Stream{to: w, clean: newCleaner(true)} }

// Write cleans p. On an error of the writer below it returns 0 and that error, and it is not known how much arrived.
func (s *Stream) Write(p []byte) (int, error) {
	if err := s.write(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (s *Stream) write(p []byte) error {
	if len(p) == 0 {
		return nil
	}
	if len(s.held) == 0 && plain(p, true) == len(p) {
		s.clean.sawPlain(p[len(p)-1])
		_, err := s.to.Write(p)
		return err
	}
	return s.pass(string(s.held)+string(p), false)
}

// Flush writes what is held back, as if the text ended here.
func (s *Stream) Flush() error {
	if len(s.held) == 0 {
		return nil
	}
	return s.pass(string(s.held), true)
}

func (s *Stream) pass(text string, final bool) error {
	out, used := s.clean.append(s.buf[:0], text, final)
	s.held = append(s.held[:0], text[used:]...)
	s.buf = out
	if len(out) == 0 {
		return nil
	}
	_, err := s.to.Write(out)
	return err
}
