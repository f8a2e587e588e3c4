package scan

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"unicode/utf16"
	"unicode/utf8"
)

// Sizes, in bytes.
const (
	firstRead = 64 << 10
	pieceSize = 4 << 20   // a longer file is read in pieces of this size
	overlap   = 128 << 10 // pieces share this much, so that nothing is cut in two
)

// reader reads one file after another into the same memory.
type reader struct {
	buf []byte
	raw []byte // before it is decoded
}

// outcome is what became of a file.
type outcome uint8

const (
	read outcome = iota
	gone
	skippedBinary
	skippedMinified
	unreadable
)

// piece is a part of a file.
type piece struct {
	data  []byte
	from  int  // where its own part begins: what lies before belongs to the piece before
	to    int  // where its own part ends
	start pos  // of data
	whole bool // it is all of the file
}

// pos is a place in a file.
type pos struct {
	line   int // from 0
	column int // bytes from the start of the line
}

// pieces reads a file and hands it to each, piece by piece. The memory of a piece is used again.
func (r *reader) pieces(fsys fs.FS, name string, each func(piece) error) (bytesRead int64, o outcome, err error) {
	file, err := fsys.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return 0, gone, nil // since its folder was read
		}
		return 0, unreadable, err
	}
	defer func() { _ = file.Close() }() // nothing was written
	var src io.Reader = file
	n, eof, err := r.fill(src, 0)
	bytesRead = int64(n)
	if err != nil {
		return bytesRead, unreadable, err
	}
	if order := byteOrder(r.buf[:n]); order != nil {
		src, n, eof, err = r.decode(src, n, order)
		if err != nil {
			return bytesRead, unreadable, err
		}
	} else if isBinary(r.buf[:n]) {
		return bytesRead, skippedBinary, nil
	}
	if bytes.HasPrefix(r.buf[:n], utf8Mark) {
		n = copy(r.buf, r.buf[len(utf8Mark):n])
	}
	return r.slide(src, n, eof, sizeOf(file, eof), each)
}

// utf8Mark is what some editors write at the beginning of UTF-8.
var utf8Mark = []byte{0xef, 0xbb, 0xbf}

// sizeOf is how long a file is that was not read whole, so that one which grows as fast as it is read comes to an end.
func sizeOf(file fs.File, eof bool) int64 {
	if eof {
		return 0
	}
	info, err := file.Stat()
	if err != nil {
		return math.MaxInt64 - pieceSize // nobody knows: it is read to its end
	}
	return info.Size()
}

// slide hands out a file whose first n bytes have been read.
func (r *reader) slide(src io.Reader, n int, eof bool, limit int64, each func(piece) error) (int64, outcome, error) {
	total, from, start := int64(n), 0, pos{}
	for {
		eof = eof || total >= limit+pieceSize
		p := piece{data: r.buf[:n], from: from, to: n, start: start, whole: eof && from == 0}
		if !eof {
			p.to = n - overlap/2
		}
		if err := each(p); err != nil || eof {
			return total, read, err
		}
		kept := n - overlap
		start = start.after(r.buf[:kept])
		copy(r.buf, r.buf[kept:n])
		var err error
		if n, eof, err = r.fill(src, overlap); err != nil {
			return total, unreadable, err
		}
		total += int64(n - overlap)
		from = overlap / 2
	}
}

// after is the place that follows on data.
func (p pos) after(data []byte) pos {
	n := bytes.Count(data, []byte{'\n'})
	if n == 0 {
		return pos{p.line, p.column + len(data)}
	}
	return pos{p.line + n, len(data) - 1 - bytes.LastIndexByte(data, '\n')}
}

// fill reads behind the first n bytes of the buffer until a piece is full or the file ends.
func (r *reader) fill(src io.Reader, n int) (int, bool, error) {
	if r.buf == nil {
		r.buf = make([]byte, firstRead)
	}
	for {
		if n == len(r.buf) {
			if n == pieceSize {
				return n, false, nil
			}
			grown := make([]byte, min(4*n, pieceSize))
			copy(grown, r.buf[:n])
			r.buf = grown
		}
		m, err := src.Read(r.buf[n:])
		n += m
		if errors.Is(err, io.EOF) {
			return n, true, nil
		}
		if err != nil {
			return n, false, err
		}
	}
}

// byteOrder tells UTF-16 by its mark, and what comes first in it.
func byteOrder(data []byte) func(a, b byte) uint16 {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return func(a, b byte) uint16 { return uint16(b)<<8 | uint16(a) }
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return func(a, b byte) uint16 { return uint16(a)<<8 | uint16(b) }
	}
	return nil
}

// decode reads a file anew as UTF-8 whose first n bytes in the buffer are UTF-16.
func (r *reader) decode(src io.Reader, n int, order func(a, b byte) uint16) (io.Reader, int, bool, error) {
	r.raw = append(r.raw[:0], r.buf[2:n]...) // without the mark
	decoder := &utf16Reader{src: io.MultiReader(bytes.NewReader(r.raw), src), order: order}
	n, eof, err := r.fill(decoder, 0)
	return decoder, n, eof, err
}

// utf16Reader reads UTF-16 as UTF-8.
type utf16Reader struct {
	src   io.Reader
	order func(a, b byte) uint16
	in    [4096]byte
	held  int    // bytes of in that are not used yet
	out   []byte // what was decoded and not read yet
	err   error
}

// Read is that of [io.Reader].
func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 {
		if u.err != nil {
			return 0, u.err
		}
		n, err := u.src.Read(u.in[u.held:])
		u.held, u.err = u.held+n, err
		u.decodeHeld()
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// decodeHeld decodes what was read, but for half a letter at its end.
func (u *utf16Reader) decodeHeld() {
	u.out = u.out[:0]
	i := 0
	for ; i+1 < u.held; i += 2 {
		c := rune(u.order(u.in[i], u.in[i+1]))
		if utf16.IsSurrogate(c) {
			if i+3 >= u.held && u.err == nil {
				break
			}
			if i+3 < u.held {
				if pair := utf16.DecodeRune(c, rune(u.order(u.in[i+2], u.in[i+3]))); pair != utf8.RuneError {
					c, i = pair, i+2
				}
			}
		}
		u.out = utf8.AppendRune(u.out, c)
	}
	u.held = copy(u.in[:], u.in[i:u.held])
}
