exports.onExecuteSendPhoneMessage = async (event, api) => {
  const spelt = event.message_options.code.split('').join(' ');
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text: `Your Acme code is ${spelt}` }),
  });
};
