exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient: to, text = '', message_type: channel = 'sms' } = event.message_options;
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to, text, voice: channel === 'voice' }),
  });
};
