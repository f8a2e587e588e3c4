const { createHmac } = require('crypto');

function sign(secret, timestamp, body) {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`, 'utf8').digest('hex');
}

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const timestamp = Math.floor(Date.now() / 1000).toString();
  const body = JSON.stringify({
    msisdn: event.message_options.recipient,
    message: event.message_options.text,
  });

  const res = await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-key-id': event.secrets.GATEWAY_KEY_ID,
      'x-timestamp': timestamp,
      'x-signature': sign(event.secrets.GATEWAY_SIGNING_SECRET, timestamp, body),
    },
    body,
  });

  if (res.status !== 202) throw new Error('gateway answered ' + res.status);
};
