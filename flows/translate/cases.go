package translate

// caseTitles name the cases in which a translation cannot be exact by itself, as a study of public Actions and Hooks found them. A
// [Remark] says which one it is about.
var caseTitles = [...]string{
	1:  "the Action does not deliver",
	2:  "several Actions are bound to the flow",
	3:  "errors",
	4:  "swallowed errors",
	5:  "the value that is returned",
	6:  "the text of a call",
	7:  "Auth0's old words leave the Action",
	8:  "the event is used as a whole",
	9:  "notifications that are no codes",
	10: "a code that may be missing",
	11: "security_context",
	12: "user.multifactor and user.identities",
	13: "the number is taken apart",
	14: "the flat event of the first version",
	15: "fields that never were",
	16: "functions that never were",
	17: "secrets",
	18: "modules and runtime",
	19: "handlers of several triggers",
	20: "a sender in the code",
	21: "integrations of the marketplace",
	22: "work that nobody waits for",
	23: "code that cannot be taken apart",
	24: "a handler of the new trigger is there",
	25: "half migrated",
	26: "Hooks",
	27: "the environment of the process",
	28: "the cache",
	29: "the wording of messages",
}

// CaseTitle names the case that a [Remark] is about; "" for none.
func CaseTitle(number int) string {
	if number < 0 || number >= len(caseTitles) {
		return ""
	}
	return caseTitles[number]
}
