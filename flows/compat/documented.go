package compat

// The documented user actions, word for word.
const (
	actionNone           = "None"
	actionUpdateProvider = "User must update tenant-level provider to allow for desired MFA phone factor"
	actionUpdateFactors  = "User must update MFA phone factors to be a subset of the delivery methods enabled for the tenant-level provider"
	actionPasswordless   = "User must update Passwordless phone factors to be a subset of the delivery methods enabled for the tenant-level provider"
)

// actionKeepText is the rule's answer where the documented one
// (actionPasswordless) cannot be carried out.
const actionKeepText = "Keep the delivery method SMS (text) on the tenant-level provider while an sms connection sends through it"

// Errata of the tables. They stand in the current documentation too.
const (
	erratumA5 = "Contradicts the rule and row A6, which has the same three values and says None: SMS + Voice already allows SMS. " +
		"Probably meant for the tenant-level delivery method Voice, a row the table lacks."
	erratumB9  = "Contradicts the rule: MFA uses Voice, which the provider would no longer deliver. MFA factors or delivery methods must change."
	erratumB10 = "Contradicts the rule: MFA uses SMS, which the provider would no longer deliver. MFA factors or delivery methods must change."
	erratumP   = "Right that something must change, but the remedy does not exist: an sms connection has no list of phone factors. " +
		"Keep the delivery method SMS (text), or leave the connection on its legacy provider."
)

// documented is one row before it is read: the cells and the action as they
// stand in the documentation.
type documented struct{ first, second, third, action, erratum string }

func tableA() Table {
	const sms, voice, both = "SMS", "Voice", "SMS + Voice"
	return table("A", "MFA phone factors change", MFADocument(),
		[4]string{"Current MFA Phone factors", "Desired MFA factors", "Tenant-level delivery method", "User action"},
		[]documented{
			{sms, voice, sms, actionUpdateProvider, ""},
			{sms, voice, both, actionNone, ""},
			{sms, both, sms, actionUpdateProvider, ""},
			{sms, both, both, actionNone, ""},
			{voice, sms, both, actionUpdateProvider, erratumA5},
			{voice, sms, both, actionNone, ""},
			{voice, both, voice, actionUpdateProvider, ""},
			{voice, both, both, actionNone, ""},
			{both, sms, both, actionNone, ""},
			{both, voice, both, actionNone, ""},
		})
}

func tableB() Table {
	const sms, voice, both = "SMS", "Voice", "SMS + Voice"
	return table("B", "Delivery methods change, with MFA", MFADocument(),
		[4]string{"MFA Phone factors", "Current tenant-level delivery method", "Desired tenant-level delivery method", "User action"},
		[]documented{
			{sms, sms, both, actionNone, ""},
			{sms, sms, voice, actionUpdateFactors, ""},
			{sms, both, voice, actionUpdateFactors, ""},
			{sms, both, sms, actionNone, ""},
			{voice, voice, sms, actionUpdateFactors, ""},
			{voice, voice, both, actionNone, ""},
			{voice, both, sms, actionUpdateFactors, ""},
			{voice, both, voice, actionNone, ""},
			{both, both, sms, actionNone, erratumB9},
			{both, both, voice, actionNone, erratumB10},
		})
}

func tableP() Table {
	const sms, voice, both = "SMS", "Voice", "SMS + Voice"
	return table("P", "Delivery methods change, with Passwordless", PasswordlessDocument(),
		[4]string{"Phone factors", "Current tenant-level delivery method", "Desired tenant-level delivery method", "User action"},
		[]documented{
			{sms, sms, both, actionNone, ""},
			{sms, sms, voice, actionPasswordless, erratumP},
			{sms, both, voice, actionPasswordless, erratumP},
			{sms, both, sms, actionNone, ""},
		})
}
