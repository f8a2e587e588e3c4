package translate

// guards are the statements that come before anything else, given the names of api and of the notification.
func (a answers) guards(api, notification string) []string {
	switch {
	case a.stops():
		return []string{"throw new Error('event.security_context is not in the event any more: replace the check that reads it');"}
	case a.nonCode() != Drop:
		return nil
	}
	condition := "!['otp_enroll', 'otp_verify'].includes(" + notification + ".message_type)"
	if a.code {
		condition += " || !" + notification + ".code"
	}
	return []string{
		"if (" + condition + ") {",
		"  " + api + ".notification.drop(`This Action sends codes only: ${" + notification + ".message_type} was not sent.`);",
		"  return;",
		"}",
	}
}

// failing is a statement around a call, when failures are to end in drop or retry.
func (a answers) failing(call string) []string {
	if !a.wraps() {
		return []string{"return " + call + ";"}
	}
	return []string{
		"try {",
		"  return await " + call + ";",
		"} catch (error) {",
		"  api.notification." + a.onError() + "(error instanceof Error ? error.message : String(error));",
		"}",
	}
}

// whyWrapped says in the code what was decided.
func (a answers) whyWrapped() string {
	switch a.onError() {
	case Drop:
		return "A message that could not be sent is given up."
	case Retry:
		return "Auth0 tries again to send a message that could not be sent."
	}
	return "Only codes reach the handler above."
}

// wrapper is code below the handler that stands in for it: a failure that leaves it, or a guard it has no room for.
func (a answers) wrapper(name string, frozen bool, guards []string) []string {
	lines := []string{"", "// " + a.whyWrapped()}
	if frozen {
		lines = append(lines, thaw)
	}
	lines = append(lines,
		"const "+name+" = module.exports."+newHandler+";",
		"module.exports."+newHandler+" = async (event, api) => {",
	)
	for _, line := range append(guards, a.failing(name+"(event, api)")...) {
		lines = append(lines, "  "+line)
	}
	return append(lines, "};")
}
