package js_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
)

// What Node 22 answers to the same expressions.
func TestRuntimeLikeNode(t *testing.T) {
	t.Parallel()
	tests := []struct{ expression, want string }{
		{`Buffer.from('ü€😀').toString('base64')`, `"w7zigqzwn5iA"`},
		{`Buffer.from('w7zigqzwn5iA', 'base64').toString()`, `"ü€😀"`},
		{`Buffer.from('AC:tok?').toString('base64url') + Buffer.from('fffe', 'hex').toString('base64') + Buffer.from('é', 'latin1').toString('hex')`, `"QUM6dG9rPw//4=e9"`},
		{`Buffer.concat([Buffer.from('a'), Buffer.from([98])]).equals(Buffer.from('ab')) && Buffer.isBuffer(Buffer.alloc(2)) && Buffer.byteLength('€')`, `3`},
		{`new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xe2, 0x82, 0xac]))`, `"a\ufffd€"`},
		{`[...new TextEncoder().encode('é\ud800')]`, `[195,169,239,191,189]`},
		{`[btoa('\xff>?'), atob('/z4/')]`, `["/z4/","ÿ>?"]`},
		{`new URL('HTTPS://u:p@Ex.org:443/a/../b c?q=ü#h').href`, `"https://u:p@ex.org/b%20c?q=%C3%BC#h"`},
		{
			`['../x?y', '/z', '//h/p', '?q', 'https://o.example'].map((r) => new URL(r, 'http://a.example:8080/b/c/d').href)`,
			`["http://a.example:8080/b/x?y","http://a.example:8080/z","http://h/p","http://a.example:8080/b/c/d?q","https://o.example/"]`,
		},
		{
			`(() => { const u = new URL('https://a.example/?x=1'); u.searchParams.append('to', '+1 5&é'); u.pathname = '/v2'; return [u.href, u.host, u.origin, u.search]; })()`,
			`["https://a.example/v2?x=1&to=%2B1+5%26%C3%A9","a.example","https://a.example","?x=1&to=%2B1+5%26%C3%A9"]`,
		},
		{`[URL.canParse('nope'), URL.canParse('https://'), URL.canParse('mailto:a@b.example')]`, `[false,false,true]`},
		{`(() => { try { new URL('gateway.example/send'); } catch (e) { return [e.name, e.message, e.code]; } })()`, `["TypeError","Invalid URL","ERR_INVALID_URL"]`},
		{`new URLSearchParams({ To: '+15550100', Body: "it's (a) *test*~" }).toString()`, `"To=%2B15550100&Body=it%27s+%28a%29+*test*%7E"`},
		{`[...new URLSearchParams('?a=1&b=%zz+x&a=2&c')]`, `[["a","1"],["b","%zz x"],["a","2"],["c",""]]`},
		{`require('querystring').stringify({ a: ['1', '2 3'], b: 'c' })`, `"a=1&a=2%203&b=c"`},
		{
			`[String(new Date(NaN)), new Date(2020, 1, 30).getDate(), new Date('2020-01-01T05:00').toISOString(), typeof Date(), new Date() instanceof Date]`,
			`["Invalid Date",1,"2020-01-01T05:00:00.000Z","string",true]`,
		},
		{
			`[new Headers({ A: 1 }).get('a'), [...new Headers([['b', '2'], ['A', '1'], ['b', '3']])], new Response('x', { status: 404 }).ok]`,
			`["1",[["a","1"],["b","2, 3"]],false]`,
		},
		{`(() => { const done = []; const c = new AbortController(); c.signal.addEventListener('abort', () => done.push(c.signal.reason.name)); c.abort(); c.abort(); return done; })()`, `["AbortError"]`},
		{`structuredClone({ a: [1] })`, `{"a":[1]}`},
	}
	for _, test := range tests {
		t.Run(test.expression, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider(action("return "+test.expression+";")))
			if !equalJSON(t, test.want, string(got.Value)) {
				t.Errorf("got %s (%v), want %s", got.Value, got.Err, test.want)
			}
		})
	}
}

func equalJSON(t *testing.T, want, got string) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(want), &a); err != nil {
		t.Fatal(err)
	}
	return json.Unmarshal([]byte(got), &b) == nil && cmp.Equal(a, b)
}

func TestConsole(t *testing.T) {
	t.Parallel()
	got := run(t, provider(action(`
		console.log('sent %s to %d%%', 'a', 5, { x: [1] }, null, undefined);
		console.error(new TypeError('bad'), 1n, Symbol('s'), () => 1);
		const loop = {}; loop.loop = loop; console.warn(loop);`)))
	want := []string{`sent a to 5% {"x":[1]} null undefined`, `TypeError: bad 1 Symbol(s) [Function]`, `"[[object Object]]"`}
	if diff := cmp.Diff(want, got.Logs); diff != "" || got.Outcome != js.Done {
		t.Errorf("-want +got\n%s%v", diff, got.Err)
	}
}
