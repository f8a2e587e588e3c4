package testdata_test

import "regexp"

// What the files are searched for.
var (
	numbers    = regexp.MustCompile(`\+[1-9]\d{6,14}`)
	hosts      = regexp.MustCompile(`https?://([a-zA-Z0-9.-]+)`)
	secrets    = regexp.MustCompile(`"(?:auth_token|twilio_token|secret|value)": "([^"]*)"`)
	references = regexp.MustCompile(`env: (\w+)`)
)
