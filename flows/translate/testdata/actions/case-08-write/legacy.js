exports.onExecuteSendPhoneMessage = async (event, api) => {
  event.message_options.recipient = event.message_options.recipient.replaceAll(' ', '').replaceAll('-', '');
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  });
};
