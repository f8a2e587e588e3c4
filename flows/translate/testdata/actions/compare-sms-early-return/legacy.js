exports.onExecuteSendPhoneMessage = async (event, api) => {
  const options = event.message_options || {};
  if (options.message_type && options.message_type !== 'sms') {
    throw new Error('only SMS is supported');
  }
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: options.recipient, text: options.text }),
  });
};
