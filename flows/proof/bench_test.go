package proof_test

import (
	"testing"

	"upe/flows/proof"
	"upe/flows/translate"
)

func BenchmarkProve(b *testing.B) {
	const code = `const axios = require('axios');
exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text, message_type } = event.message_options;
  const response = await axios.post(event.secrets.GATEWAY_URL, { to: recipient, text, type: message_type });
  console.log('sent', response.status);
};`
	source := translate.Source{Code: code}
	translation, err := translate.Translate(b.Context(), source, translate.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := proof.Prove(b.Context(), []proof.Flow{{Name: "MFA", Old: proof.Legacy(source)}}, translation.Code, proof.Options{})
		if err != nil || p.Verdict != proof.Same {
			b.Fatal(p.Sentence(), err)
		}
	}
}
