package proof

import (
	"context"
	"slices"
	"strings"

	"upe/flows/js"
	"upe/flows/translate"
)

// noticeTypes are the notifications that are not codes. The old trigger never saw one.
var noticeTypes = []string{"blocked_account", "change_password", "password_breach"}

// noticeTexts are their wordings.
var noticeTexts = map[string]string{
	"blocked_account": "Your account at Sample was blocked because of too many attempts to log in.",
	"change_password": "Someone asked for a new password of your account at Sample.",
	"password_breach": "Your password for Sample was found in a breach of another site. Please change it.",
}

// notices tells what the new side does with notifications that are not codes.
func (p prover) notices(ctx context.Context) error {
	s := p.settle(Flow{})
	if p.report.addresses {
		s = s.addresses()
	}
	for _, kind := range noticeTypes {
		c := Case{Flow: "notifications", Type: kind, Method: codeMethods[0], To: sampleNumber, Answer: answers[0], settled: s}
		result, err := newSide(ctx, c, p.code)
		if err != nil {
			return err
		}
		p.report.out.Notices = append(p.report.out.Notices, Notice{Type: kind, Says: says(result)})
		if halted(result) {
			break // the next would take as long
		}
	}
	p.report.tell(translate.NonCode, map[string]string{
		translate.Deliver: "notifications without a code are delivered too; so far the Action never got any",
		translate.Drop:    "notifications without a code are dropped; so far the Action never got any",
	})
	return nil
}

// says is a run in words: "sends POST https://gateway.example/send".
func says(r js.Result) string {
	var sends []string
	for _, call := range r.Calls {
		if text := "calls " + call.Path; call.Kind == js.Module && !slices.Contains(sends, text) {
			sends = append(sends, text)
		}
		if text := "sends " + brief(call); call.Kind == js.Request && !slices.Contains(sends, text) {
			sends = append(sends, text)
		}
	}
	if r.Outcome != js.Done {
		sends = append(sends, ending(r))
	}
	if len(sends) == 0 {
		return "does nothing"
	}
	return strings.Join(sends, ", ")
}
