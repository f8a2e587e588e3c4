package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"upe/flows/phone"
	"upe/flows/template"
)

// previewTime ends the rendering of a page: a wording is a tenant's, and may be made to take forever.
const previewTime = 5 * time.Second

// preview shows what users read now and will read. A rendering takes a millisecond and is needed for every line that is drawn
// again, so each is made once for a page.
type preview struct {
	wording wording
	sample  template.Sample
	made    map[string][]template.Said
}

func (c conversation) preview(w wording) *preview {
	settings := c.snapshot().Settings()
	p := &preview{wording: w, made: map[string][]template.Said{}, sample: template.Sample{
		Tenant: tenantName(c.known.Tenant.Domain), FriendlyName: settings.FriendlyName, Application: c.anApplication(),
		Domain: c.known.Tenant.Domain, Locales: settings.Locales,
	}}
	for _, f := range w.flows {
		for _, l := range template.Languages(f.legacy.Wording) {
			if !slices.Contains(p.sample.Languages, l) {
				p.sample.Languages = append(p.sample.Languages, l)
			}
		}
	}
	return p
}

func tenantName(domain string) string {
	name, _, _ := strings.Cut(domain, ".")
	return name
}

// anApplication is one that sends codes, for the previews.
func (c conversation) anApplication() string {
	for _, s := range c.moving() {
		for _, name := range s.Clients {
			return name
		}
	}
	return "Your application"
}

// blocks show every flow in its channels, and what is to be said about the difference.
func (p *preview) blocks(body template.Body) []Block {
	ctx, cancel := context.WithTimeout(context.Background(), previewTime)
	defer cancel()
	shown := Preview{Title: "What users get, today and afterwards"}
	var remarks remarks
	for _, r := range p.readerRows(ctx, body) {
		shown.Rows = append(shown.Rows, r)
		remarks.changed = remarks.changed || r.Before != r.After
	}
	for _, f := range p.wording.flows {
		for _, channel := range f.channels() {
			before, after := p.before(ctx, f, channel), p.after(ctx, body, channel)
			for i := range before {
				if i > 0 && before[i].Text == before[0].Text && after[i].Text == after[0].Text {
					continue // the language changes nothing
				}
				shown.Rows = append(shown.Rows, row(f, before[i], after[i], i > 0))
				remarks.compare(before[i], after[i])
			}
		}
	}
	return append([]Block{shown}, remarks.blocks()...)
}

// name says whose message it is, and whether it is known.
func (f said) name() string {
	if f.unread {
		return f.flow + " (if nobody has written another one)"
	}
	return f.flow
}

func (f said) channels() []string {
	var all []string
	if f.text {
		all = append(all, "sms")
	}
	if f.spoken {
		all = append(all, "voice")
	}
	return all
}

func (p *preview) before(ctx context.Context, f said, channel string) []template.Said {
	return p.once("before\x00"+channel+"\x00"+f.source+"\x00"+f.flow, func() []template.Said { return p.sample.Before(ctx, f.legacy, channel) })
}

func (p *preview) after(ctx context.Context, body template.Body, channel string) []template.Said {
	return p.once("after\x00"+channel+"\x00"+body.Text+"\x00"+body.Voice, func() []template.Said { return p.sample.After(ctx, body, channel) })
}

// mostMade bounds what is kept: every letter that is typed makes another wording.
const mostMade = 200

func (p *preview) once(key string, make func() []template.Said) []template.Said {
	if said, ok := p.made[key]; ok {
		return said
	}
	if len(p.made) >= mostMade {
		clear(p.made)
	}
	p.made[key] = make()
	return p.made[key]
}

func row(f said, before, after template.Said, isOther bool) PreviewRow {
	r := PreviewRow{
		Label: f.name() + ", " + map[string]string{"sms": "SMS", "voice": "voice"}[before.Channel], Before: spokenOr(before), After: spokenOr(after),
	}
	if isOther {
		r.Label += fmt.Sprintf(", user asks for %q", before.Language)
		if before.Language != before.Locale {
			r.Label += fmt.Sprintf(", Auth0 takes %q", before.Locale)
		}
	}
	if before.Channel == "sms" {
		r.Note = sizes(phone.Segments(before.Text), phone.Segments(after.Text), after.Text)
	}
	return r
}

func spokenOr(s template.Said) string {
	if s.Problem != "" {
		return "cannot be rendered: " + s.Problem
	}
	return s.Text
}

// sizes says what a message costs, before and after.
func sizes(before, after phone.Size, text string) string {
	note := size(before)
	if now := size(after); now != note {
		note += " becomes " + now
	}
	if outside := phone.OutsideGSM7(text); len(outside) > 0 {
		note += ", because of " + listed(outside)
	}
	return note
}

func size(s phone.Size) string {
	if s.Segments == 1 {
		return fmt.Sprintf("1 SMS of %d characters (%s)", s.Chars, s.Encoding)
	}
	return fmt.Sprintf("%d SMS, %d characters (%s)", s.Segments, s.Chars, s.Encoding)
}

// mostListed keeps a note about a Japanese wording short.
const mostListed = 6

func listed(characters []rune) string {
	var quoted []string
	for _, r := range characters[:min(len(characters), mostListed)] {
		quoted = append(quoted, fmt.Sprintf("%q", r))
	}
	if len(characters) > mostListed {
		quoted = append(quoted, "and others")
	}
	return strings.Join(quoted, " ")
}

// remarks are what the renderings show to be different.
type remarks struct {
	changed, dearer, codeless, broken bool
	unheard                           []string // languages that users ask for and the tenant does not support
}

func (r *remarks) compare(before, after template.Said) {
	r.broken = r.broken || after.Problem != ""
	r.codeless = r.codeless || after.Problem == "" && !after.HasCode()
	changed := before.Text != after.Text
	r.changed = r.changed || changed
	if changed && before.Language != before.Locale && !slices.Contains(r.unheard, before.Language) {
		r.unheard = append(r.unheard, before.Language)
	}
	if before.Channel == "sms" && phone.Segments(after.Text).Segments > phone.Segments(before.Text).Segments {
		r.dearer = true
	}
}

func (r *remarks) blocks() []Block {
	var all []Block
	say := func(when bool, tone Tone, words string) {
		if when {
			all = append(all, Text{Body: words, Tone: tone})
		}
	}
	say(r.broken, Bad, "The new wording cannot be rendered: users would get no message.")
	say(r.codeless, Bad, "Some users would get a message without their code.")
	say(r.changed, Careful, "What users read changes. A changed wording can break sender templates that are registered with carriers (some countries "+
		"let only registered words through) and the autofill of codes on phones.")
	say(r.dearer, Careful, "A message takes more SMS than before; carriers bill each.")
	say(len(r.unheard) > 0, Careful, fmt.Sprintf("Users who ask for %s get another language than before: locale is one of the languages under Tenant Settings > "+
		"Languages. Enable the language there, or write your own condition.", strings.Join(quoteAll(r.unheard), ", ")))
	return all
}

func quoteAll(texts []string) []string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = fmt.Sprintf("%q", text)
	}
	return quoted
}
