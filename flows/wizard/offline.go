package wizard

import "slices"

// secretsLater is the page without its questions for secrets, where the session is about a bundle: who works on one is not who has the
// secrets, and a plan holds none. They are asked for when the plan is carried out.
func (p Page) secretsLater(m Mode) Page {
	isSecret := func(q Question) bool { return q.Kind == Hidden }
	if m != Offline || !slices.ContainsFunc(p.Questions, isSecret) {
		return p
	}
	p.Questions = slices.DeleteFunc(slices.Clone(p.Questions), isSecret)
	p.Blocks = append(slices.Clone(p.Blocks), Text{
		Body: "Secrets are not asked for here: whoever carries the plan out enters them then.",
	})
	return p
}
