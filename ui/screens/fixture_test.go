package screens_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"upe/flows/judge"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/screens"
)

// noon is when the fixtures happen.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// acme is what is known of the tenant of the fixtures.
func acme(mode wizard.Mode) wizard.Known {
	return wizard.Known{Mode: mode, Name: "Acme", Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}}
}

// story is a conversation of fixed pages: each is shown until it was passed, the last one for ever. A page is made anew
// from what is known each time, as the real ones are.
func story(pages ...func(wizard.Known) wizard.Page) func(wizard.Known, wizard.Answers) wizard.Page {
	return func(k wizard.Known, a wizard.Answers) wizard.Page {
		for _, make := range pages[:len(pages)-1] {
			page := make(k)
			if page.ID == k.Running || k.Running == "" && a[wizard.Key("seen."+page.ID)] == nil {
				return page
			}
		}
		return pages[len(pages)-1](k)
	}
}

// still is a page that does not depend on what is known.
func still(p wizard.Page) func(wizard.Known) wizard.Page {
	return func(wizard.Known) wizard.Page { return p }
}

// newRoot begins a story.
func newRoot(o screens.Options, known wizard.Known, pages ...func(wizard.Known) wizard.Page) *screens.Root {
	o.Session = wizard.NewSessionWith(story(pages...), known, nil)
	if o.Now == nil {
		o.Now = time.Now
	}
	return screens.New(o)
}

func verifyPage() wizard.Page {
	return wizard.Page{
		ID: "verify", Stage: wizard.StageVerify, Group: wizard.Look, Title: "How codes travel today",
		Lead: "This was read from the tenant just now. Nothing has been written, and nothing is written before you say so.",
		Safe: "Nothing is written.",
		Blocks: []wizard.Block{
			wizard.Journey{Title: "A code sent now would go", Legs: []wizard.Leg{
				{Flow: "MFA by SMS", Through: "MFA settings", Carrier: "Twilio AC1234…, from +15550001111", Delivers: true, Basis: "documented"},
				{Flow: "MFA by voice", Through: "MFA settings", Carrier: "Twilio AC1234…, from +15550001111", Problem: "voice is not enabled", Basis: "recorded"},
			}},
			wizard.Facts{Title: "Settings", Rows: []wizard.Fact{
				{Label: "Phone factor", Value: "enabled", Tone: wizard.Good},
				{Label: "Message types", Value: "sms", Note: "guardian/factors/phone/message-types"},
				{Label: "Unified Phone Experience", Value: "off", Note: "the tenant flag is absent from the answer, which counts as off until something else is known about it"},
			}},
			wizard.Findings{Title: "Found", Items: []judge.Finding{{
				ID: "two-senders", Severity: judge.Decision, Title: "Two senders are in use",
				Evidence:    []judge.Evidence{{What: "From number", Value: "+15550001111", Path: tenant.PathTwilio}, {What: "Messaging Service", Value: "MG0000000000000000000000000000000a"}},
				Consequence: "One tenant has one provider: users will see another number.",
				Remedy:      "Choose one sender for all, or an Action that routes.",
				Source:      "https://auth0.com/docs/customize/phone-messages",
			}, {
				ID: "note", Severity: judge.Note, Title: "Phone as ID is not in use",
			}}, Parts: []wizard.Part{{Path: tenant.PathTwilio, JSON: json.RawMessage(`{"sid":"AC1234","auth_token":"(secret)"}`)}}},
		},
	}
}

func providerPage() wizard.Page {
	return wizard.Page{
		ID: "provider", Stage: wizard.StageProvider, Group: wizard.Choose, Title: "Who sends the messages",
		Lead: "The tenant gets one phone provider. It takes effect only when you switch on.",
		Safe: "Nothing is written.",
		Questions: []wizard.Question{{
			Key: "provider", Kind: wizard.One, Title: "Provider", Help: "Both can send by text and by voice.",
			Source: "https://auth0.com/docs/customize/phone-messages/configure-phone-messaging-providers",
			Options: []wizard.Option{
				{Value: "twilio", Label: "Twilio", Consequence: "Auth0 sends through your Twilio account, as it does today."},
				{Value: "custom", Label: "An Action of your own", Consequence: "Code in your tenant calls your gateway. You test and maintain it."},
				{Value: "auth0", Label: "Auth0's own sender", Disabled: "it ends with the legacy settings and has no successor"},
			},
			Default: "twilio",
		}},
	}
}

func twilioPage() wizard.Page {
	return wizard.Page{
		ID: "twilio", Stage: wizard.StageDetails, Group: wizard.Choose, Title: "Your Twilio account",
		Lead: "The values are filled in from the tenant where it shows them.",
		Safe: "Nothing is written.",
		Questions: []wizard.Question{
			{Key: "twilio.sid", Kind: wizard.Line, Title: "Account SID", Help: "Twilio Console, Account Info.", Check: func(v wizard.Value) error {
				if s, _ := v.(string); !strings.HasPrefix(s, "AC") {
					return errors.New(`an Account SID begins with "AC"`)
				}
				return nil
			}},
			{Key: "twilio.auth_token", Kind: wizard.Hidden, Title: "Auth Token", Help: "Kept in memory only.", Check: func(v wizard.Value) error {
				if s, _ := v.(wizard.Secret); s.Reveal() == "" {
					return errors.New("the Auth Token is needed: Auth0 never shows the one it has")
				}
				return nil
			}},
		},
	}
}

func methodsPage() wizard.Page {
	return wizard.Page{
		ID: "methods", Stage: wizard.StageMethods, Group: wizard.Choose, Title: "Delivery methods and factors",
		Safe: "Nothing is written.",
		Questions: []wizard.Question{{
			Key: "delivery_methods", Kind: wizard.Many, Title: "Delivery methods", Help: "What the provider may send.",
			Options: []wizard.Option{
				{Value: "text", Label: "Text", Consequence: "SMS"},
				{Value: "voice", Label: "Voice", Consequence: "A call that reads the code aloud"},
			},
			Default: []string{"text"},
			Check: func(v wizard.Value) error {
				if list, _ := v.([]string); len(list) == 0 {
					return errors.New("choose at least one delivery method")
				}
				return nil
			},
		}},
		Live: func(a wizard.Answers) []wizard.Block {
			list, _ := a["delivery_methods"].([]string)
			offered := strings.Join(list, " ")
			m := wizard.Matrix{
				Title: "Covered", Methods: []string{"Text", "Voice"},
				Rows: []wizard.MatrixRow{
					{Label: "MFA by SMS", Cells: []wizard.Cell{{Needed: true, Offered: strings.Contains(offered, "text")}, {Offered: strings.Contains(offered, "voice")}}},
					{Label: "MFA by voice", Cells: []wizard.Cell{{Offered: strings.Contains(offered, "text")}, {Needed: true, Offered: strings.Contains(offered, "voice")}}},
				},
				Verdict: "MFA by voice has no delivery method.", Tone: wizard.Bad, Row: "sms + voice, text: not supported",
			}
			if strings.Contains(offered, "voice") {
				m.Verdict, m.Tone, m.Row = "Every factor is covered.", wizard.Good, ""
			}
			return []wizard.Block{m}
		},
	}
}

func templatesPage() wizard.Page {
	return wizard.Page{
		ID: "templates", Stage: wizard.StageTemplates, Group: wizard.Choose, Title: "Message templates",
		Safe: "Nothing is written.",
		Blocks: []wizard.Block{
			wizard.Text{Title: "The wording changes its place", Body: "MFA wording moves to the tenant's phone templates.", Tone: wizard.Careful},
			wizard.Diff{Title: "Verification", Before: "Hello\n{{code}} is your code\nbye\n", After: "Hello\n@@code@@ is your code\nbye\n"},
			wizard.Code{Title: "As a command", Text: "upe plan --answers answers.yaml"},
		},
		Questions: []wizard.Question{
			{Key: "templates.otp_verify.text", Kind: wizard.Prose, Title: "Text", Default: "{{code}} is your code\nfor {{app}}"},
			{Key: "action.file", Kind: wizard.PathTo, Title: "Or a file", Help: "Relative to where you started."},
			{Key: "accept", Kind: wizard.YesNo, Title: "Use this wording for voice too?"},
		},
	}
}

func codePage() wizard.Page {
	const before = `/**
 * Sends codes through the gateway.
 */
const axios = require("axios");

const GATEWAY = "https://gateway.example/messages"; // the only one

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;
  if (!/^\+1/.test(recipient)) return;
  await axios.post(GATEWAY, { to: recipient, text, why: ` + "`code for ${event.user.user_id}`" + ` });
};

function unused() {
  return 42;
}
`
	after := strings.NewReplacer("SendPhoneMessage", "CustomPhoneProvider", "recipient, text }", "recipient, as_text: text }",
		"message_options", "notification").Replace(before)
	return wizard.Page{
		ID: "action-new", Stage: wizard.StageDetails, Group: wizard.Choose, Title: "The Action that will send",
		Lead: "This is the whole Action. Nothing of it is in the tenant yet.", Safe: "Nothing is written.",
		Blocks: []wizard.Block{
			wizard.Text{Title: "Both were run side by side", Body: "Same behaviour (96 comparisons).", Tone: wizard.Good},
			wizard.Diff{Title: "The code that sends today, and the new one", Before: before, After: after, Language: wizard.JavaScript},
		},
		Edit: &wizard.Edit{Name: "action.js", Text: after},
	}
}

func wordingPage() wizard.Page {
	return wizard.Page{
		ID: "template-otp_verify", Stage: wizard.StageTemplates, Group: wizard.Choose, Title: "Message: Verification code",
		Lead: "This one (otp_verify) is what users read from the first switch on.", Safe: "Nothing is written.",
		Live: func(wizard.Answers) []wizard.Block {
			return []wizard.Block{
				wizard.Preview{Title: "What users get, now and then", Rows: []wizard.PreviewRow{
					{
						Label: "MFA, SMS", Before: "123456 is your Acme login code. We will never ask you for it.",
						After: "Your Acme code: 123456. Café opens.\n\n@acme.example #123456", Note: "1 SMS of 61 characters (GSM-7) becomes 1 SMS of 60 characters (GSM-7)",
					},
					{Label: "MFA, voice", Before: "Your code is ... 1.2.3.4.5.6", After: "Your code is ... 1.2.3.4.5.6"},
				}},
				wizard.Text{Body: "What users read changes.", Tone: wizard.Careful},
			}
		},
		Questions: []wizard.Question{{
			Key: "templates.otp_verify.source", Kind: wizard.One, Title: "Which words should users read?", Default: "mfa",
			Options: []wizard.Option{
				{Value: "mfa", Label: "The wording of MFA", Consequence: "carried over, rewritten for the new variables"},
				{Value: "default", Label: "Auth0's default", Consequence: "nothing is written"},
			},
		}},
	}
}

// steps are those of the review and of the run; done many of them are done.
func steps(done int) wizard.Steps {
	items := []wizard.StepItem{
		{
			ID: "provider", Heading: "Prepare: users notice nothing", Title: "Create the phone provider", Why: "The tenant has none.",
			Request: "POST /branding/phone/providers", Body: json.RawMessage(`{"name":"twilio","disabled":false}`),
			Before: json.RawMessage(`null`), After: json.RawMessage(`{"name":"twilio","disabled":false}`),
			Undo: "Delete the provider.", Dashboard: "Branding > Phone Provider", Basis: "documented",
		},
		{ID: "template", Title: "Write the verification template", Request: "POST /branding/phone/templates"},
		{
			ID: "flag", Heading: "Switch on: MFA", Title: "Switch the tenant on", Request: "PATCH /tenants/settings", OneWay: true,
			Body:   json.RawMessage(`{"phone_consolidated_experience":true}`),
			Before: json.RawMessage(`{"phone_consolidated_experience":false}`), After: json.RawMessage(`{"phone_consolidated_experience":true}`),
		},
	}
	for i := range min(done, len(items)) {
		items[i].Status, items[i].Took = run.Done, 120*time.Millisecond
	}
	return wizard.Steps{Title: "What will be written", Items: items}
}

func reviewPage() wizard.Page {
	return wizard.Page{
		ID: "review", Stage: wizard.StageReview, Group: wizard.Review, Title: "The plan",
		Lead: "Three writes. Users notice nothing before the first switch.", Safe: "Nothing is written.",
		Blocks: []wizard.Block{steps(0)},
		Save: &wizard.Effect{Title: "Saving the plan", Do: func(_ context.Context, h wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
			path, err := h.Save("plan.json", []byte("{}"))
			update(func(k wizard.Known) wizard.Known { k.Saved = append(k.Saved, path); return k })
			return err
		}},
	}
}

// preparePage runs the steps, one a second. attempt counts how often; fail makes that attempt fail at the second step.
func preparePage(attempt *int, fail int) func(wizard.Known) wizard.Page {
	return func(k wizard.Known) wizard.Page {
		done := 0
		if k.Run != nil {
			done = k.Run.Entries
		}
		return wizard.Page{
			ID: "prepare", Stage: wizard.StagePrepare, Group: wizard.Test, Title: "Prepare",
			Lead: "The provider is made ready. No login uses it yet.", Continue: "Prepare now",
			Safe:   "3 writes; users notice nothing.",
			Blocks: []wizard.Block{steps(done)},
			Effect: &wizard.Effect{Title: "Preparing", Writes: true, Do: func(ctx context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
				*attempt++
				for i := done; i < 3; i++ {
					if *attempt == fail && i == 1 {
						return fmt.Errorf("write the verification template: %w", &tenant.Error{Op: tenant.GetSettings, Status: 401, Message: "Expired token"})
					}
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(time.Second):
					}
					update(func(k wizard.Known) wizard.Known {
						k.Run, k.Folder = &run.State{Entries: i + 1}, "runs/20261120-acme"
						return k
					})
				}
				return nil
			}},
		}
	}
}

func testPage() wizard.Page {
	return wizard.Page{
		ID: "test", Stage: wizard.StageTest, Group: wizard.Test, Title: "Did it arrive?",
		Safe: "Nothing is written.",
		Blocks: []wizard.Block{
			wizard.Evidence{Rows: []run.Evidence{
				{Channel: "text", Accepted: noon, Arrived: noon.Add(4 * time.Second), By: "ada", To: "+1…1111", Fresh: true},
				{Channel: "voice", Accepted: noon, To: "+1…1111"},
			}},
			wizard.Messages{Items: []wizard.Message{{At: noon, To: "+15550001111", From: "+15550002222", Channel: "text", Text: "123456 is your code for Acme"}}},
		},
	}
}

func movePage() wizard.Page {
	return wizard.Page{
		ID: "move-mfa", Stage: wizard.StageMove, Group: wizard.SwitchOn, Title: "Switch MFA on",
		Lead: "From here on MFA codes go through the new provider.", Continue: "Switch MFA on",
		Safe: "1 write; takes effect at once.",
		Questions: []wizard.Question{{
			Key: "move.mfa", Kind: wizard.Retype, Title: "This is production", Want: "acme.us.auth0.com",
			Help: "Type the domain in full to go on.",
		}},
		Effect: &wizard.Effect{Title: "Switching MFA on", Writes: true, Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
			return nil
		}},
	}
}

func endPage() wizard.Page {
	return wizard.Page{ID: "report", Stage: wizard.StageReport, Group: wizard.SwitchOn, Title: "Done", Lead: "Everything has moved.", Final: true}
}
