package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"

	"upe/ui/safe"
)

// say writes text for a person to standard output.
func (a *app) say(text string) error { return speak(a.out, text) }

// note tells whoever watches standard error what is going on; a script does not hear it.
func (a *app) note(format string, args ...any) {
	if a.watched && !a.global.json {
		// Progress that cannot be shown is no reason to stop.
		_ = speak(a.err, fmt.Sprintf(format, args...)+"\n")
	}
}

func speak(w io.Writer, text string) error {
	stream := safe.Writer(w)
	if _, err := io.WriteString(stream, text); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return stream.Flush()
}

// answer gives a command's result: a document with --json, text without.
func (a *app) answer(document any, text func() string) error {
	if a.global.json {
		return writeJSON(a.out, document)
	}
	return a.say(text())
}

// writeJSON writes an indented document.
func writeJSON(w io.Writer, document any) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(document); err != nil {
		return fmt.Errorf("encode the output: %w", err)
	}
	return writeDocument(w, out.Bytes())
}

// writeDocument writes JSON as it is, but for characters that a terminal might obey or hide, which become \u escapes.
func writeDocument(w io.Writer, document []byte) error {
	_, err := w.Write(visible(document))
	if err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}

func visible(document []byte) []byte {
	var out bytes.Buffer
	for _, r := range string(document) {
		switch {
		case r == '\n' || unicode.IsGraphic(r):
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.Bytes()
}

// fail tells why a command did not succeed, and what the process ends with.
func (a *app) fail(err error) exitCode {
	if err == nil {
		return exitOK
	}
	if _, ok := err.(pending); ok { //nolint:errorlint // never wrapped: it is no error
		return exitPending
	}
	p := explain(err)
	if a.global.json {
		_ = writeJSON(a.err, p.document())
	} else {
		_ = speak(a.err, p.text())
	}
	return p.exit
}
