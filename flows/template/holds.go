package template

// HoldsCode reports whether the body of a phone template gives users their code: it is complete Liquid, and reads code for an output or
// another variable. Auth0 stores bodies that do not (Terraform recordings, TestAccPhoneNotificationTemplate).
func HoldsCode(body string) bool {
	l := linter{source: body}
	var closed bool
	l.tokens, closed = lex(body)
	_, nested := blocks(l.tokens)
	return closed && nested && l.hasCode()
}
