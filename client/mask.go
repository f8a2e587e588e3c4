package client

import (
	"upe/flows/phone"
	"upe/flows/tenant"
)

// masked hides in text what must not be seen: the access token, the secrets that the call's body carries (the API quotes
// values in its validation errors), phone numbers, and what the caller's Mask hides. Every text that comes from the tenant or the network
// passes here before it becomes part of an error or of the log.
func (t *talk) masked(text string) string {
	text = tenant.Scrub(text, t.token)
	for _, secret := range tenant.Secrets(t.call.Body) {
		text = tenant.Scrub(text, secret)
	}
	if t.mask != nil {
		text = t.mask(text)
	}
	return phone.MaskAll(text)
}
