const send = async (event) => {
  const { recipient, text, message_type } = event.message_options;
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify({ recipient, text, channel: message_type }) });
};

exports.onExecuteSendPhoneMessage = send;

// For trying it out on a desk: node -e "require('./action').example()"
exports.example = () => send({ secrets: { GATEWAY_URL: 'https://sms.example/try' }, message_options: { recipient: '+4915100000000', text: 'Hello', message_type: 'sms' } });
