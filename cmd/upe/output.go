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

// warning is something a person should know although the command succeeds.
type warning struct {
	Text    string   `json:"text"`
	Details []detail `json:"details,omitempty"`
}

// warn says on standard error what a person should know although the command succeeds; as JSON, once the command has ended.
func (a *app) warn(text string, details ...detail) {
	if a.global.json {
		a.warnings = append(a.warnings, warning{text, details})
		return
	}
	lines := "upe: note: " + safe.Line(text) + "\n"
	for _, d := range details {
		lines += "  - " + safe.Line(d.line()) + "\n"
	}
	_ = speak(a.err, lines) // a note that cannot be shown is no reason to stop
}

// warningsDocument is the JSON form of the warnings of a command that succeeded: a line on standard error.
type warningsDocument struct {
	Schema   string    `json:"schema"`
	Warnings []warning `json:"warnings"`
}

// warnOf writes the warnings of a command that succeeded as one document.
func (a *app) warnOf() {
	if len(a.warnings) == 0 {
		return
	}
	_ = writeLine(a.err, warningsDocument{"upe.warnings/1", a.warnings})
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

// writeLine writes a document as one line: with --json every line of standard error is one, and says by its schema what it is.
func writeLine(w io.Writer, document any) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
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
		a.warnOf()
		return exitOK
	}
	if _, ok := err.(pending); ok { //nolint:errorlint // never wrapped: it is no error
		a.warnOf()
		return exitPending
	}
	if _, ok := err.(findings); ok { //nolint:errorlint // never wrapped: it is no error
		return exitDecision
	}
	p := explain(err)
	if a.global.json {
		_ = writeLine(a.err, p.document(a.warnings))
	} else {
		_ = speak(a.err, a.foldedForPeople(p.text()))
	}
	return p.exit
}
