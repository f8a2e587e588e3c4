package emulator

// begun is what the tenant log gets before an MFA code is sent. Passwordless has a log of its own only for a code that was sent, and
// enrolment is another event.
func begun(l letter, r Result) []entry {
	if l.test || l.flow != FlowMFA || l.kind != "otp_verify" || r.Via == "" {
		return nil
	}
	return []entry{{kind: "gd_start_auth", description: "Second factor authentication started", details: authenticated(l)}}
}

// loggedIn is what the tenant log gets when the user enters the code. Nobody can enter one that did not come.
func loggedIn(l letter, r Result) []entry {
	switch {
	case !l.completed || !r.Delivered || l.test:
		return nil
	case l.flow == FlowMFA:
		return []entry{{kind: "gd_auth_succeed", description: "Guardian - Second factor authentication succeeded", details: authenticated(l)}}
	}
	return []entry{{kind: "s", description: "Successful login", connection: l.connection, details: map[string]any{
		"prompts": []map[string]any{{"name": "prompt-authenticate", "connection": l.connection.str("name"), "session": false}},
	}}}
}

func authenticated(l letter) map[string]any {
	return map[string]any{"authenticator": map[string]string{"id": "sms|dev_emulated", "type": l.channel, "phone_number": l.to}}
}
