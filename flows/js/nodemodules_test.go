package js_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
)

// What Node 20 answers to the same expressions, with the core modules that Actions use; each with and without its prefix.
func TestModulesLikeNode(t *testing.T) {
	t.Parallel()
	const attempt = "((f) => { try { return f(); } catch (e) { return [e.name, e.message, e.code]; } })"
	tests := map[string][]struct{ expression, want string }{
		"buffer": {
			{`Buffer.from('-_8', 'base64').toString('hex') + Buffer.from('aé', 'utf16le').toString('hex') + Buffer.from('abc').toString('binary')`, `"fbff6100e900abc"`},
			{`m.Buffer.concat([Buffer.from('ab'), Buffer.from('cd')], 3).toString() + Buffer.alloc(5, 'ab') + Buffer.from('hello').slice(3)`, `"abcababalo"`},
			{`[Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('hello').indexOf('l'), Buffer.from('x').includes('y'), Buffer.isEncoding('base64url')]`, `[-1,2,false,true]`},
			{`[Buffer.from([1, 2, 3, 4]).readUInt32BE(0), Buffer.from([1, 2, 3]).readUint16LE(1), Buffer.from([255]).readInt8()]`, `[16909060,770,-1]`},
			{`((b) => { b.writeUInt32BE(0xdeadbeef); b.write('hi', 4); return b.toString('hex'); })(Buffer.alloc(6))`, `"deadbeef6869"`},
			{`[JSON.stringify(Buffer.from('hi')), Buffer.from({ type: 'Buffer', data: [104, 105] }).toString(), Buffer.byteLength('€')]`, `["{\"type\":\"Buffer\",\"data\":[104,105]}","hi",3]`},
			{attempt + `(() => Buffer.from('a').toString('nope'))`, `["TypeError","Unknown encoding: nope","ERR_UNKNOWN_ENCODING"]`},
		},
		"querystring": {
			{`m.stringify({ a: ['1', '2 3'], e: "it's(*)~!", f: true, g: 1.5, h: null, i: undefined, j: {} })`, `"a=1&a=2%203&e=it's(*)~!&f=true&g=1.5&h=&i=&j="`},
			{`m.parse('a=1&b=2&a=3&c=%20x+y&d&=e&f=%zz')`, `{"a":["1","3"],"b":"2","c":" x y","d":"","":"e","f":"%zz"}`},
		},
		"util": {
			{`m.format('%s is %d and %i %f %j %O %%', 'x', 42, 42.9, '1.5', { a: 1 }, { b: { c: {} } })`, `"x is 42 and 42 1.5 {\"a\":1} { b: { c: {} } } %"`},
			{`m.format('a', 'b', { c: 1 }, [1, 'x'], null, undefined)`, `"a b { c: 1 } [ 1, 'x' ] null undefined"`},
			{`m.inspect({ a: 1, b: 'x', c: { d: { e: { f: 1 } } }, 'l-m': 2, k: () => 1 })`, `"{ a: 1, b: 'x', c: { d: { e: [Object] } }, 'l-m': 2, k: [Function: k] }"`},
			{`m.inspect({ message: 'a rather long message of many words indeed', recipient: '+15550100000', more: 'text' })`, `"{\n  message: 'a rather long message of many words indeed',\n  recipient: '+15550100000',\n  more: 'text'\n}"`},
			{`[m.inspect(new Map([['a', 1]])), m.inspect(Buffer.from('hey')), m.inspect("it's"), m.inspect(new Date(0)), m.inspect(class Foo {})]`, `["Map(1) { 'a' => 1 }","<Buffer 68 65 79>","\"it's\"","1970-01-01T00:00:00.000Z","[class Foo]"]`},
			{`await m.promisify((a, done) => done(null, a + 1))(1) + await m.promisify(setTimeout)(5, 'v')`, `"2v"`},
			{`[m.isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), m.types.isPromise(Promise.resolve())]`, `[true,true]`},
		},
		"events": {
			{`((e) => { const out = []; e.on('a', (x) => out.push(x)); e.once('a', (x) => out.push(x * 2)); e.emit('a', 1); e.emit('a', 2); return [out, e.listenerCount('a'), e.emit('none')]; })(new m())`, `[[1,2,2],1,false]`},
			{`(() => { function Old() { m.call(this); } require('util').inherits(Old, m.EventEmitter); const o = new Old(); let n = 0; o.on('x', () => n++); o.emit('x'); o.removeAllListeners('x'); o.emit('x'); return n; })()`, `1`},
			{attempt + `(() => new m().emit('error', new Error('boom')))`, `["Error","boom",null]`},
		},
		"path": {
			{`[m.join('/a', '..', 'b', './c.txt'), m.resolve('/a/b', '../c'), m.basename('/x/y.html', '.html'), m.extname('a.b.c'), m.dirname('/a/b/c'), m.parse('/home/u/f.txt').name]`, `["/b/c.txt","/a/c","y",".c","/a/b","f"]`},
		},
		"url": {
			{`[m.parse('https://u:p@ex.org:8080/a/b?c=d#e').path, m.parse('https://ex.org').pathname, m.parse('https://ex.org/x?y=1', true).query.y, m.format({ protocol: 'https', hostname: 'ex.org', pathname: '/a', query: { b: 'c d' } })]`, `["/a/b?c=d","/","1","https://ex.org/a?b=c%20d"]`},
		},
		"crypto": {
			{`m.createHash('sha256').update('abc').digest('hex')`, `"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"`},
			{`[m.createHash('md5').update('a').update(Buffer.from('bc')).digest('hex'), m.createHash('sha1').update('abc').digest('base64'), m.createHash('SHA512').update('ü').digest('base64url').length]`, `["900150983cd24fb0d6963f7d28e17f72","qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",86]`},
			{`[m.createHmac('sha256', 'key').update('data').digest('hex'), m.createHmac('SHA1', Buffer.from('key')).update('data').digest('base64')]`, `["5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0","EEFSxb/coHvGM+69RhmfAlXJ9J0="]`},
			{attempt + `(() => m.createHash('nope'))`, `["Error","Digest method not supported",null]`},
			{attempt + `(() => { const h = m.createHash('md5'); h.digest(); h.update('x'); })`, `["Error","Digest already called","ERR_CRYPTO_HASH_FINALIZED"]`},
			{`[m.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), m.randomBytes(16).length, /^[0-9a-f-]{14}4[0-9a-f-]{21}$/.test(crypto.randomUUID()), m.randomInt(3) < 3]`, `[true,16,true,true]`},
			{`Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'))).toString('hex').slice(0, 8)`, `"ba7816bf"`},
			{`await (async (key) => Buffer.from(await crypto.subtle.sign('HMAC', key, Buffer.from('data'))).toString('hex').slice(0, 8))(await crypto.subtle.importKey('raw', Buffer.from('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']))`, `"5031fe3d"`},
		},
		"timers/promises": {{`await m.setTimeout(3, 'x')`, `"x"`}},
		"assert": {
			{attempt + `(() => m(false, 'own'))`, `["AssertionError","own","ERR_ASSERTION"]`},
			{`(m.equal(1, '1'), m.deepEqual({ a: [1] }, { a: ['1'] }), m.throws(() => { throw new TypeError('x'); }, TypeError), 'passes')`, `"passes"`},
		},
		"string_decoder": {{`((d) => d.write(Buffer.from([0xe2, 0x82])) + d.write(Buffer.from([0xac])) + d.end())(new m.StringDecoder('utf8'))`, `"€"`}},
		"http":           {{`m.STATUS_CODES[404]`, `"Not Found"`}},
		"https":          {{attempt + `(() => m.request('http://x.example'))`, `["TypeError","Protocol \"http:\" not supported. Expected \"https:\"","ERR_INVALID_PROTOCOL"]`}},
		// Of npm.
		"qs":   {{`[m.stringify({ a: { b: [1, 'x y'] }, c: null, d: undefined }), m.parse('a[b][]=1&a[b][]=2')]`, `["a%5Bb%5D%5B0%5D=1&a%5Bb%5D%5B1%5D=x%20y&c=",{"a":{"b":["1","2"]}}]`}},
		"uuid": {{`[m.v5('hello', m.v5.DNS), m.validate(m.v4()), m.version(m.v4())]`, `["9342d47a-1bab-5709-9869-c840b2eac501",true,4]`}},
		"jsonwebtoken": {
			{`m.verify(m.sign({ a: 1 }, 'k', { expiresIn: '1h', subject: 's' }), 'k')`, `{"a":1,"iat":1767225600,"exp":1767229200,"sub":"s"}`},
			{attempt + `(() => m.verify(m.sign({}, 'k'), 'other'))`, `["JsonWebTokenError","invalid signature",null]`},
			{attempt + `(() => m.verify(m.sign({ exp: 1 }, 'k'), 'k'))`, `["TokenExpiredError","jwt expired",null]`},
			{`m.sign({ sub: '1234567890', name: 'John Doe', iat: 1516239022 }, 'your-256-bit-secret')`, `"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"`},
		},
	}
	for module, rows := range tests {
		t.Run(strings.ReplaceAll(module, "/", " "), func(t *testing.T) {
			t.Parallel()
			for _, row := range rows {
				for _, prefix := range []string{"", "node:"} {
					got := run(t, provider(action("const m = require('"+prefix+module+"'); return "+row.expression+";")))
					if !equalJSON(t, row.want, string(got.Value)) || got.StandIns != nil && !strings.Contains(row.expression, "nope") {
						t.Errorf("%s\ngot  %s (%v, %v)\nwant %s", row.expression, got.Value, got.Err, got.StandIns, row.want)
					}
				}
			}
		})
	}
}

// Signatures are real: Go accepts what an Action signs.
func TestModulesSign(t *testing.T) {
	t.Parallel()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	hashed := sha256.Sum256([]byte("hello"))
	joined := func(signature []byte) bool {
		return len(signature) == 64 && ecdsa.Verify(&ecKey.PublicKey, hashed[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
	}
	tests := map[string]struct {
		key    any
		code   string
		accept func([]byte) bool
	}{
		"RSA": {
			rsaKey, `return require('crypto').createSign('RSA-SHA256').update('hello').sign(key, 'base64');`,
			func(s []byte) bool { return rsa.VerifyPKCS1v15(&rsaKey.PublicKey, crypto.SHA256, hashed[:], s) == nil },
		},
		"elliptic": {
			ecKey, `return require('crypto').sign('sha256', Buffer.from('hello'), key).toString('base64');`,
			func(s []byte) bool { return ecdsa.VerifyASN1(&ecKey.PublicKey, hashed[:], s) },
		},
		"elliptic, joined": {
			ecKey, `return require('crypto').createSign('sha256').update('hello').sign({ key, dsaEncoding: 'ieee-p1363' }, 'base64');`, joined,
		},
		"Web Crypto": {
			ecKey, `const der = Buffer.from(key.replace(/-----[^-]+-----|\s/g, ''), 'base64');
			const k = await crypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
			return Buffer.from(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, k, Buffer.from('hello'))).toString('base64');`, joined,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			der, err := x509.MarshalPKCS8PrivateKey(test.key)
			if err != nil {
				t.Fatal(err)
			}
			key := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
			got := run(t, provider(action("const key = "+strconv.Quote(key)+";\n"+test.code)))
			var text string
			if err := json.Unmarshal(got.Value, &text); err != nil {
				t.Fatalf("%v: %v", err, got.Err)
			}
			if signature, err := base64.StdEncoding.DecodeString(text); err != nil || !test.accept(signature) {
				t.Errorf("Go refuses the signature %q: %v", text, err)
			}
			const round = `const c = require('crypto'); const jwt = require('jsonwebtoken');
				const s = c.createSign('sha256').update('hello').sign(key);
				const alg = ALG; const token = jwt.sign({ a: 1 }, key, { algorithm: alg });
				return [c.createVerify('sha256').update('hello').verify(key, s), c.createVerify('sha256').update('other').verify(key, s), jwt.verify(token, key).a];`
			alg := "'ES256'"
			if _, ok := test.key.(*rsa.PrivateKey); ok {
				alg = "'RS256'"
			}
			back := run(t, provider(action("const key = "+strconv.Quote(key)+";\n"+strings.Replace(round, "ALG", alg, 1))))
			if string(back.Value) != "[true,false,1]" {
				t.Errorf("verified as %s, %v", back.Value, back.Err)
			}
		})
	}
}

// A key that cannot be used is an exception which does not repeat it.
func TestModulesRefuseKeys(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"", "secret-text", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXRleHQ=\n-----END PRIVATE KEY-----", strings.Repeat("secret-text", 1000)} {
		got := run(t, provider(action("return require('crypto').createSign('sha256').update('x').sign("+strconv.Quote(key)+");")))
		if got.Outcome != js.Threw || strings.Contains(got.Err.Error(), "secret-text") {
			t.Errorf("outcome %q, error %v", got.Outcome, got.Err)
		}
	}
}

// What was used and is not there is told, and what is there as a copy.
func TestRunTellsWhatIsNotThere(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		body             string
		standIns, copies []string
	}{
		"nothing":                    {`require('crypto'); await fetch('https://g.example');`, nil, nil},
		"required only":              {`require('twilio');`, nil, nil},
		"a module":                   {`require('twilio')('AC1').messages.create({});`, []string{"twilio"}, nil},
		"a property":                 {`return String(require('lib').VERSION);`, []string{"lib"}, nil},
		"a core module":              {`require('node:fs').readFileSync('x');`, []string{"fs"}, nil},
		"a part of a core module":    {`require('crypto').createCipheriv('a', 'b', 'c');`, []string{"crypto.createCipheriv"}, nil},
		"a digest":                   {`try { require('crypto').createHash('sha3-256'); } catch {}`, []string{"crypto: the digest sha3-256"}, nil},
		"a global":                   {`return String(new Intl.NumberFormat('de').format(1));`, []string{"Intl"}, nil},
		"an import":                  {`const { send } = await import('sdk'); await send();`, []string{"sdk"}, nil},
		"copies":                     {`require('axios'); require('jsonwebtoken'); (await import('got')).default;`, nil, []string{"axios", "jsonwebtoken", "got"}},
		"a part of a copied module":  {`require('uuid').v1();`, []string{"uuid.v1"}, []string{"uuid"}},
		"a stand-in as the last one": {`const { Client, Command } = require('sdk'); await new Client().send(new Command());`, []string{"sdk"}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, provider(action(test.body)))
			if diff := cmp.Diff(test.standIns, got.StandIns) + cmp.Diff(test.copies, got.Copies); diff != "" || got.Outcome != js.Done {
				t.Errorf("-want +got\n%s%v", diff, got.Err)
			}
		})
	}
}

// The older ways of calling a handler.
func TestRunEntries(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		entry js.Entry
		code  string
		want  js.Result
	}{
		"a function and its context": {
			js.Exported, `module.exports = async (event, context) => [event.recipient, context.secrets.KEY];`,
			js.Result{Outcome: js.Done, Value: []byte(`["+15550100","k"]`)},
		},
		"a name all the same": {
			js.Exported, `exports.onExecuteSendPhoneMessage = async (event, context) => context.secrets.KEY;`, js.Result{Outcome: js.Done, Value: []byte(`"k"`)},
		},
		"a Hook":               {js.Callback, `module.exports = function (to, text, context, cb) { setTimeout(() => cb(null, to + text + context.secrets.KEY), 10); };`, js.Result{Outcome: js.Done, Value: []byte(`"+15550100tk"`)}},
		"a Hook twice":         {js.Callback, `module.exports = (to, text, context, cb) => { cb(null, 1); cb(new Error('late')); };`, js.Result{Outcome: js.Done, Value: []byte(`1`), Notes: []js.Note{js.CalledTwice}}},
		"a Hook goes on":       {js.Callback, `module.exports = (to, text, context, cb) => { cb(); console.log('after'); };`, js.Result{Outcome: js.Done, Logs: []string{"after"}}},
		"a Hook without a cb":  {js.Callback, `module.exports = async () => 1;`, js.Result{Outcome: js.TimedOut}},
		"a Hook with an error": {js.Callback, `module.exports = (to, text, context, cb) => cb(new RangeError('far'));`, js.Result{Outcome: js.Threw}},
		"a Hook that rejects":  {js.Callback, `module.exports = async () => { throw new RangeError('far'); };`, js.Result{Outcome: js.Threw}},
		"no Hook":              {js.Callback, `exports.onExecuteSendPhoneMessage = async () => {};`, js.Result{Outcome: js.NoHandler}},
		"no named handler":     {js.Named, `module.exports = async () => {};`, js.Result{Outcome: js.NoHandler}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, js.Action{
				Code: test.code, Handler: js.SendPhoneMessage, Entry: test.entry,
				Event: []byte(`{"recipient":"+15550100","text":"t"}`), Context: []byte(`{"secrets":{"KEY":"k"}}`),
			})
			got.Err = nil
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// A script whose exceptions are made promises of is stopped in time all the same.
func TestRunStopsWhatSwallowsInterrupts(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	for _, body := range []string{
		`for (;;) (async () => { for (let i = 0; i < 98; i++); })().catch(() => {});`,
		`for (;;) fetch('https://g.example/').catch(() => {});`,
		`for (;;) try { (async () => { for (let i = 0; i < 50; i++); })().catch(() => {}); } catch {}`,
	} {
		a := provider(action(body))
		a.Limits = js.Limits{Time: 100e6, Output: 1 << 30}
		if got := run(t, a); got.Outcome != js.TimedOut {
			t.Errorf("%s: outcome %q, error %v", body, got.Outcome, got.Err)
		}
	}
}
