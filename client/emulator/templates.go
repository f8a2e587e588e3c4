package emulator

import (
	"net/http"
	"slices"
)

// notificationTypes are the types of phone templates.
var notificationTypes = []string{"otp_verify", "otp_enroll", "change_password", "blocked_account", "password_breach"}

// listedTypes is the order in which a list shows the types that nobody customised (recorded). password_breach is in no
// recorded list.
var listedTypes = []string{"blocked_account", "change_password", "otp_enroll", "otp_verify"}

const spokenCode = "Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. " +
	"I repeat, your verification code is {{ pause }} {{ code | escape }}"

const blockedAccount = "We detected suspicious activity on your account from the ip {{user.source_ip}}{% if user.city %} from " +
	"{{user.city}}, {{user.country}}{% elsif user.country %} from {{user.country}}{% endif %}. Logins from this IP have been blocked on " +
	"your account. If this is your IP, please reset your password to unblock your account. Otherwise, disregard this message."

// standardBody is Auth0's own wording of a type (recorded in 2025 and 2026), or nil.
func standardBody(kind string) map[string]string {
	return map[string]map[string]string{
		"otp_verify": {"text": "{{ code | escape }} is your verification code for {{ friendly_name | escape }}", "voice": spokenCode},
		"otp_enroll": {
			"text":  "{{ code | escape }} is your verification code for {{ friendly_name | escape }}. Please enter this code to verify your enrollment.",
			"voice": spokenCode,
		},
		"change_password": {
			"text": "{{ code | escape }} is your password change code for {{ friendly_name | escape }}",
			"voice": "Hello. Your password change code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. " +
				"I repeat, your password change code is {{ pause }} {{ code | escape }}",
		},
		"blocked_account": {"text": blockedAccount, "voice": blockedAccount},
	}[kind]
}

// newTemplate lays t over the standard wording of its type.
func newTemplate(domain, stamp string, t object) object {
	content := object{"syntax": encode("liquid"), "body": encode(standardBody(t.str("type")))}
	given := t.obj("content")
	if given.has("body") {
		given = given.with("body", content.obj("body").merged(given.obj("body")))
	}
	return object{
		"tenant": encode(domain), "channel": encode("phone"), "disabled": encode(false),
		"created_at": encode(stamp), "updated_at": encode(stamp),
	}.merged(t).with("content", content.merged(given))
}

// listTemplates shows customised types first, then the standard ones: without an id, and with an empty sender (recorded).
func listTemplates(c *call) reply {
	list := slices.Clone(c.s.Templates)
	for _, kind := range listedTypes {
		if find(c.s.Templates, "type", kind) < 0 {
			list = append(list, newTemplate(c.s.Domain, millis(c.now), object{
				"type": encode(kind), "content": encode(map[string]string{"from": ""}),
			}))
		}
	}
	list = slices.DeleteFunc(list, func(t object) bool { return !c.wantsDisabled(t) })
	return ok(map[string]any{"templates": orEmpty(list)})
}

var templateBody = shape{keys: map[string]check{"text": text(1, 20000), "voice": text(1, 20000)}}.check

// createTemplate does not look into the wording: bodies without a code, or in no Liquid at all, were stored (recorded).
func createTemplate(c *call) reply {
	content := shape{keys: map[string]check{"syntax": text(0, 64), "from": text(1, 16), "body": templateBody}}
	body, bad := c.object(shape{need: []string{"type"}, keys: map[string]check{
		"type": oneOf(notificationTypes...), "disabled": boolean, "content": content.check,
	}})
	if bad != nil {
		return *bad
	}
	if find(c.s.Templates, "type", body.str("type")) >= 0 {
		return fail(http.StatusConflict, "", "The %s phone notification template is already configured", body.str("type"))
	}
	t := newTemplate(c.s.Domain, millis(c.now), body).with("id", c.newID(KindTemplate))
	c.s.Templates = added(c.s.Templates, t)
	return created(t)
}

func getTemplate(c *call) reply {
	i := find(c.s.Templates, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	return ok(c.s.Templates[i])
}

// patchTemplate takes content.from, content.body and disabled, nothing else: the type of a template is for life.
func patchTemplate(c *call) reply {
	content := shape{keys: map[string]check{"from": text(1, 16), "body": templateBody}}
	return c.changeTemplate(shape{keys: map[string]check{"disabled": boolean, "content": content.check}}, func(t, patch object) object {
		given, was := patch.obj("content"), t.obj("content")
		if given.has("body") {
			given = given.with("body", was.obj("body").merged(given.obj("body")))
		}
		return t.merged(patch).with("content", was.merged(given))
	})
}

// resetTemplate brings the standard wording back, and keeps the sender (recorded).
func resetTemplate(c *call) reply {
	return c.changeTemplate(shape{}, func(t, _ object) object {
		return t.with("content", t.obj("content").with("body", standardBody(t.str("type"))))
	})
}

func (c *call) changeTemplate(schema shape, change func(t, body object) object) reply {
	i := find(c.s.Templates, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	body, bad := c.object(schema)
	if bad != nil {
		return *bad
	}
	t := change(c.s.Templates[i], body).with("updated_at", millis(c.now))
	c.s.Templates = replaced(c.s.Templates, i, t)
	return ok(t)
}

func deleteTemplate(c *call) reply {
	i := find(c.s.Templates, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	c.s.Templates = removed(c.s.Templates, i)
	return noContent
}

// tryTemplate accepts a test message also in a tenant that has no provider: nothing but its absence on a phone tells.
func tryTemplate(c *call) reply {
	i := find(c.s.Templates, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	body, bad := c.object(shape{open: true, need: []string{"to"}, keys: tryKeys})
	if bad != nil {
		return *bad
	}
	p, _ := c.s.provider()
	return c.try(p, c.s.Templates[i].str("type"), body)
}
