package syntax_test

import (
	"strings"
	"testing"

	"upe/flows/syntax"
)

const ordinary = `const axios = require('axios');

/**
 * Handler that will be called during the execution of a SendPhoneMessage flow.
 */
exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;
  if (!event.secrets.API_KEY) throw new Error('no key');
  try {
    const response = await axios.post(event.secrets.URL, { to: recipient, body: text, tenant: event.tenant.id }, {
      headers: { Authorization: ` + "`Bearer ${event.secrets.API_KEY}`" + ` },
    });
    console.log('sent', response.status, response.data?.id);
  } catch (error) {
    console.error('failed', error.message);
    throw error;
  }
};
`

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		parse(b, ordinary)
	}
}

func BenchmarkParseLong(b *testing.B) {
	long := strings.Repeat(ordinary[strings.Index(ordinary, "exports"):], 20)
	b.SetBytes(int64(len(long)))
	for b.Loop() {
		parse(b, long)
	}
}

// FuzzParse: no code brings the parser down, and every node lies in its parent.
func FuzzParse(f *testing.F) {
	for _, code := range []string{ordinary, "\ufeffa\r\nb", "`${`", "(((((", "😀", "'\xff'", "export {}", "return <!-- x", "a\u2028b", "async x => { for await (a of b); }"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		tree, err := syntax.Parse(t.Context(), code)
		if err != nil {
			return
		}
		for n := range tree.Root.All() {
			if p := n.Parent; n.Start > n.End || n.End > len(code) || p != nil && (n.Start < p.Start || n.End > p.End) {
				t.Errorf("%s %d-%d in %s of %q", n.Type, n.Start, n.End, n.Field, code)
			}
		}
	})
}
