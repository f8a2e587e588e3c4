exports.onExecuteSendPhoneMessage = async (event, api) => {
  const body = new URLSearchParams();
  body.set('to', event.message_options.recipient);
  body.set('msg', event.message_options.text);
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body });
};
