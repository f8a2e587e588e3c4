package template

import "slices"

// The types of phone templates that legacy wordings become (POST /branding/phone/templates).
const (
	OTPVerify = "otp_verify" // MFA verification, and Passwordless
	OTPEnroll = "otp_enroll" // MFA enrolment
)

// Draft is a phone template made of a legacy wording, for a person to look at before it is written.
type Draft struct {
	Type    string   `json:"type"`
	Text    string   `json:"text"`            // Liquid, 1 to 20,000 characters
	Voice   string   `json:"voice,omitempty"` // as Text; empty: leave the voice body as it is
	From    string   `json:"from,omitempty"`  // sender, at most 16 characters; empty: the provider's
	Default bool     `json:"default"`         // Auth0's own wording on both sides: there is nothing to write
	Changes []Change `json:"changes,omitempty"`
	Issues  []Issue  `json:"issues,omitempty"`
}

// Change is one kind of edit that was made, for a person to follow. The same edit in several places is one Change.
type Change struct {
	Old string `json:"old"`
	New string `json:"new"` // empty: taken out
	Why string `json:"why"`
}

// Severity says what an [Issue] asks for.
type Severity string

// From the worst to the mildest.
const (
	Error   Severity = "error"   // users would not get a usable code, or Auth0 refuses it
	Warning Severity = "warning" // a person must look at it
	Note    Severity = "note"    // good to know
)

// Issue is what a person should know about a wording.
type Issue struct {
	Severity Severity `json:"severity"`
	Body     string   `json:"body,omitempty"` // "text" or "voice"; empty: the whole template
	Words    string   `json:"words"`
}

// Usable reports whether no issue of d is an [Error].
func (d Draft) Usable() bool {
	return !slices.ContainsFunc(d.Issues, func(i Issue) bool { return i.Severity == Error })
}

func (d *Draft) changed(changes ...Change) {
	for _, c := range changes {
		if !slices.Contains(d.Changes, c) {
			d.Changes = append(d.Changes, c)
		}
	}
}

func (d *Draft) raise(issues ...Issue) {
	for _, i := range issues {
		if !slices.Contains(d.Issues, i) {
			d.Issues = append(d.Issues, i)
		}
	}
}
