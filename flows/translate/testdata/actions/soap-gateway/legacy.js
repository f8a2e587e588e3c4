const { DOMParser } = require('@xmldom/xmldom');
const xpath = require('xpath');

const ENDPOINT = 'https://soap.carrier.example/SmsService';

function envelope(user, password, to, text) {
  return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Body>
    <Send xmlns="urn:sms">
      <user>${user}</user><password>${password}</password>
      <to>${to}</to><text><![CDATA[${text}]]></text>
    </Send>
  </soap:Body>
</soap:Envelope>`;
}

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: 'urn:sms#Send' },
    body: envelope(event.secrets.SOAP_USER, event.secrets.SOAP_PASSWORD, recipient, text),
  });
  if (!response.ok) throw new Error('SOAP fault, HTTP ' + response.status);

  const document = new DOMParser().parseFromString(await response.text(), 'text/xml');
  console.log('result', xpath.select('string(//result)', document));
};
