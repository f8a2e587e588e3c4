package proof

import (
	"slices"
	"strings"

	"upe/flows/translate"
)

// decided tells which differences the admin decided beforehand, and of what is not decided and cannot be the same, that it differs.
func (r *report) decided(f Flow) {
	old, ok := f.Old.(*legacy)
	if !ok {
		return
	}
	if _, methods := kinds(f); slices.Contains(methods, "voice") {
		r.tell(translate.Voice, map[string]string{
			translate.AsVoice: "calls say the wording for voice, which spells the code digit by digit",
			translate.AsText:  "calls say the wording of text messages, as it is written",
		})
	}
	if strings.Contains(old.source.Code, "security_context") {
		r.fingerprint(f)
	}
	if shape, err := old.shape(); err == nil && shape != translate.ShapeV2 && strings.Contains(old.source.Code, "language") {
		r.tell(translate.Language, map[string]string{
			translate.Locale:  "the language is the one that the wording was rendered in (notification.locale)",
			translate.Request: "the language is the one that the user's browser asks for (request.language)",
		})
	}
}

// tell adds the sentence for what was decided, if it was.
func (r *report) tell(id string, sentences map[string]string) {
	if sentence, ok := sentences[r.options.Decided[id]]; ok {
		r.chosen(sentence)
	}
}

// fingerprint is about event.security_context, which the new event does not have. What depends on it cannot be the same, whether or not
// the made-up fingerprint led anywhere.
func (r *report) fingerprint(f Flow) {
	if r.options.Decided[translate.SecurityContext] != "" {
		r.chosen("event.security_context: the new event does not have it, so what the Action does with the fingerprint of the user's client ends")
		return
	}
	c := Case{Flow: f.Name, Type: codeTypes[0], Method: codeMethods[0], To: sampleNumber, Answer: answers[0]}
	r.difference(c, finding{"event.security_context", "the fingerprint of the user's client", "nothing: the new event does not have it"})
}
