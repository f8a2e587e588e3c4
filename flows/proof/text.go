package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"upe/flows/js"
	"upe/flows/pattern"
)

// engineWords are messages that JavaScript engines write, and that differ between them. They name the fields of an event, whose names are
// what a translation changes.
var engineWords = []struct {
	find    func() *regexp.Regexp
	instead string
}{
	{pattern.Lazy(`cannot (read|set) property '[^']*' of (null|undefined)`), "cannot $1 property of $2"},
	{pattern.Lazy(`[\w.$'\[\]()]+ is not (defined|iterable|a function|an object|a constructor)`), "something is not $1"},
	{pattern.Lazy(`^(not a function|not an object|not a constructor|value is not iterable)$`), "something is not right"},
}

// ownWords is text without what the engine says in words of its own.
func ownWords(text string) string {
	for _, e := range engineWords {
		text = e.find().ReplaceAllString(text, e.instead)
	}
	return text
}

// errorOf is the class and the message of the error that ended a run.
func errorOf(r js.Result) string {
	var failure *js.Error
	if !errors.As(r.Err, &failure) {
		return string(r.Outcome)
	}
	switch {
	case failure.Class == "" && failure.Message == "":
		return failure.Kind.Error()
	case failure.Class == "":
		return failure.Message
	}
	return failure.Class + ": " + ownWords(failure.Message)
}

// webToken finds JSON Web Tokens.
var webToken = pattern.Lazy(`\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]*`)

// readable is text in which tokens are what they say.
func readable(text string) string {
	return webToken().ReplaceAllStringFunc(text, func(token string) string {
		parts := strings.Split(token, ".")
		header, payload := claims(parts[0]), claims(parts[1])
		if header == "" || payload == "" {
			return token
		}
		return "token " + header + " " + payload + " signed " + parts[2]
	})
}

// claims is a part of a token as JSON with sorted keys.
func claims(part string) string {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return ""
	}
	var fields map[string]any
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&fields) != nil {
		return ""
	}
	out, _ := json.Marshal(fields) // what was just decoded
	return string(out)
}

// Bounds of what a difference repeats of two texts, in bytes: before the first that differs, and in all.
const (
	before = 40
	within = 160
)

// around cuts two texts to where they part.
func around(was, is string) (string, string) {
	at := 0
	for at < len(was) && at < len(is) && was[at] == is[at] {
		at++
	}
	return cut(was, at-before), cut(is, at-before)
}

func cut(text string, from int) string {
	from = max(0, min(from, len(text)))
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	out := text[from:]
	if from > 0 {
		out = "…" + out
	}
	if len(out) <= within {
		return out
	}
	end := within
	for end > 0 && !utf8.RuneStart(out[end]) {
		end--
	}
	return out[:end] + "…"
}
