exports.onExecuteSendPhoneMessage = async (event, api) => {
  const channel = event.message_options?.channel || 'sms';
  await fetch(`${event.secrets.GATEWAY_URL}/${channel}`, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options?.recipient, text: event.message_options?.text }),
  });
};
