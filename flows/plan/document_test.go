package plan_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/plan"
)

func TestFillPutsInAnswersAndSecrets(t *testing.T) {
	t.Parallel()
	values := plan.Values{
		Answer: func(step string) (json.RawMessage, bool) {
			raw, ok := map[string]string{"provider": `{"id":"pro_1","n":9007199254740993,"list":[{"id":"x"}]}`, "odd": `<html>`}[step]
			return json.RawMessage(raw), ok
		},
		Secret: func(name string) (string, error) {
			if name == "none" {
				return "", errors.New("nobody knows it")
			}
			return "s3cret of " + name, nil
		},
	}
	cases := []struct{ body, want, err string }{
		{``, ``, ``},
		{`{"a":1}`, `{"a":1}`, ``},
		{`{"id":{"$from":"provider#/id"}}`, `{"id":"pro_1"}`, ``},
		{`[{"n":{"$from":"provider#/n"}},"<b>"]`, `[{"n":9007199254740993},"<b>"]`, ``},
		{`{"whole":{"$from":"provider#/list/[id=x]"}}`, `{"whole":{"id":"x"}}`, ``},
		{`{"credentials":{"auth_token":{"$secret":"twilio.auth_token"}}}`, `{"credentials":{"auth_token":"s3cret of twilio.auth_token"}}`, ``},
		{`{"$secret":"x","beside":1}`, `{"$secret":"x","beside":1}`, ``}, // a reference stands alone
		{`{"$from":7}`, `{"$from":7}`, ``},
		{`{"to":{"$input":"test.to"}}`, `{"to":{"$input":"test.to"}}`, ``}, // whoever sends a test fills this in
		{`{"id":{"$from":"later#/id"}}`, ``, `"later" has no answer yet`},
		{`{"id":{"$from":"provider#/no"}}`, ``, `has no /no`},
		{`{"id":{"$from":"odd#/id"}}`, ``, `not valid JSON`},
		{`[{"$secret":"none"}]`, ``, `nobody knows it`},
		{`{`, ``, `not valid JSON`},
	}
	for _, c := range cases {
		got, err := plan.Fill(json.RawMessage(c.body), values)
		if string(got) != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %s, %v; want %s %s", c.body, got, err, c.want, c.err)
		}
	}
	ids := []struct{ id, want, err string }{
		{"con_1", "con_1", ""},
		{"", "", ""},
		{"@provider#/id", "pro_1", ""},
		{"@provider#/n", "", "not a text"},
		{"@later#/id", "", "no answer"},
		{"@provider", "", "not a text"},
	}
	for _, c := range ids {
		got, err := plan.FillID(c.id, values)
		if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("id %s: %q, %v", c.id, got, err)
		}
	}
}

func TestAtFollowsAPointer(t *testing.T) {
	t.Parallel()
	document := doc(`{"a":{"b/c":1,"d~e":2,"":3},"list":[{"id":"x/y","v":4},{"id":"z","v":5},7],"[k=v]":6,"null":null}`)
	cases := []struct{ pointer, want string }{
		{"", string(plan.Encode(document))},
		{"/a/b~1c", "1"},
		{"/a/d~0e", "2"},
		{"/a/", "3"},
		{"/[k=v]", "6"},
		{"/null", "null"},
		{"/list/0/v", "4"},
		{"/list/[id=z]/v", "5"},
		{"/list/[id=x~1y]/v", "4"},
		{"/list/2", "7"},
		{"/list/3", "-"},
		{"/list/-1", "-"},
		{"/list/x", "-"},
		{"/list/id=z", "-"},
		{"/list/[id=q]", "-"},
		{"/list/[id]", "-"},
		{"/no", "-"},
		{"/a/b", "-"},
		{"/null/x", "-"},
		{"/list/2/x", "-"},
	}
	for _, c := range cases {
		value, ok := plan.At(document, c.pointer)
		if got := string(plan.Encode(value)); ok && got != c.want || !ok && c.want != "-" {
			t.Errorf("%s: %s %v, want %s", c.pointer, got, ok, c.want)
		}
	}
}

func TestContains(t *testing.T) {
	t.Parallel()
	cases := []struct {
		have, want string
		yes        bool
	}{
		{`{"a":1,"b":2}`, `{"a":1}`, true},
		{`{"a":1}`, `{"a":1,"b":2}`, false},
		{`{"a":{"b":1,"c":2}}`, `{"a":{"c":2}}`, true},
		{`{"a":1}`, `{"b":null}`, true},
		{`{"a":1}`, `{"a":null}`, false},
		{`{"a":null}`, `{"a":{}}`, false},
		{`["sms","voice"]`, `["voice","sms"]`, true},
		{`["sms","voice"]`, `["sms"]`, false},
		{`["sms","sms"]`, `["sms","voice"]`, false},
		{`[{"a":1,"x":1},{"b":2}]`, `[{},{"a":1}]`, true}, // {} must leave the first to the one that fits nowhere else
		{`[{"a":1}]`, `{"a":1}`, false},
		{`{"0":1}`, `[1]`, false},
		{`1`, `1.0`, false},
		{`"x"`, `"x"`, true},
		{`null`, `null`, true},
	}
	for _, c := range cases {
		if got := plan.Contains(doc("%s", c.have), doc("%s", c.want)); got != c.yes {
			t.Errorf("%s contains %s: %v", c.have, c.want, got)
		}
	}
}

// value draws a JSON document.
func value(t *rapid.T, depth int) any {
	kind := rapid.IntRange(0, 5).Draw(t, "kind")
	switch {
	case kind == 4 && depth > 0:
		all := []any{}
		for range rapid.IntRange(0, 4).Draw(t, "length") {
			all = append(all, value(t, depth-1))
		}
		return all
	case kind == 5 && depth > 0:
		return anObject(t, depth)
	}
	return []any{nil, true, json.Number("7"), "text"}[kind%4]
}

func anObject(t *rapid.T, depth int) object {
	o := object{}
	for _, key := range []string{"a", "b", "c"} {
		if rapid.Bool().Draw(t, key) {
			o[key] = value(t, depth-1)
		}
	}
	return o
}

func TestWhatIsLaidIsContainedAndTheRestIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		base, body := anObject(t, 3), anObject(t, 3)
		was, sent := string(plan.Encode(base)), string(plan.Encode(body))
		laid, _ := plan.Lay(base, body).(object)
		if !plan.Contains(laid, body) {
			t.Fatalf("%s over %s is %s, which does not contain it", sent, was, plan.Encode(laid))
		}
		if string(plan.Encode(base)) != was || string(plan.Encode(body)) != sent {
			t.Fatal("laying changed what it was given")
		}
		for key := range base {
			if _, touched := body[key]; !touched && string(plan.Encode(laid[key])) != string(plan.Encode(base[key])) {
				t.Fatalf("%s was not in %s, and changed from %s to %s", key, sent, plan.Encode(base[key]), plan.Encode(laid[key]))
			}
		}
		if again := plan.Lay(laid, body); string(plan.Encode(again)) != string(plan.Encode(laid)) {
			t.Fatalf("laid twice: %s, then %s", plan.Encode(laid), plan.Encode(again))
		}
		if len(laid) < len(base) {
			t.Fatal("a key is gone")
		}
	})
}

func TestContainsKnowsNoOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all, _ := value(t, 3).([]any)
		shuffled := rapid.Permutation(all).Draw(t, "order")
		if all != nil && (!plan.Contains(all, shuffled) || !plan.Contains(shuffled, all)) {
			t.Fatalf("%s and %s have the same elements", plan.Encode(all), plan.Encode(shuffled))
		}
		if v := value(t, 3); !plan.Contains(v, v) {
			t.Fatalf("%s does not contain itself", plan.Encode(v))
		}
	})
}

func TestEncodeGivesEqualDocumentsEqualBytes(t *testing.T) {
	t.Parallel()
	if got := string(plan.Encode(doc(`{"b":"<&>","a":12345678901234567890.10}`))); got != `{"a":12345678901234567890.10,"b":"<&>"}` {
		t.Error(got)
	}
	for _, bad := range []string{``, `{`, `{} x`, `1 2`} {
		if _, err := plan.Decode(json.RawMessage(bad)); err == nil {
			t.Errorf("%q was taken for JSON", bad)
		}
	}
}

// TestWhatTheTenantShowsIsNotOverwritten: a secret that was asked for, because it could not be read, gives way to the one that is there.
func TestWhatTheTenantShowsIsNotOverwritten(t *testing.T) {
	t.Parallel()
	const references = `{"options":{"twilio_token":{"$secret":"twilio.auth_token"},"from":"+1","gateway_authentication":{"secret":{"$secret":"c"}}}}`
	for name, c := range map[string]struct{ base, want string }{
		"shown":  {`{"options":{"twilio_token":"there","gateway_authentication":{"secret":"too"}}}`, `{"options":{"from":"+1","gateway_authentication":{}}}`},
		"one":    {`{"options":{"twilio_token":"there"}}`, `{"options":{"from":"+1","gateway_authentication":{"secret":"typed"}}}`},
		"masked": {`{"options":{"twilio_token":"***"}}`, `{"options":{"twilio_token":"typed","from":"+1","gateway_authentication":{"secret":"typed"}}}`},
		"none":   {`{"options":{}}`, `{"options":{"twilio_token":"typed","from":"+1","gateway_authentication":{"secret":"typed"}}}`},
		"empty":  {`{"options":{"twilio_token":""}}`, `{"options":{"twilio_token":"typed","from":"+1","gateway_authentication":{"secret":"typed"}}}`},
	} {
		body := decoded(json.RawMessage(`{"options":{"twilio_token":"typed","from":"+1","gateway_authentication":{"secret":"typed"}}}`))
		got := plan.Spare(body, json.RawMessage(references), decoded(json.RawMessage(c.base)))
		if string(plan.Encode(got)) != string(plan.Encode(decoded(json.RawMessage(c.want)))) {
			t.Errorf("%s: %s, want %s", name, plan.Encode(got), c.want)
		}
	}
}
