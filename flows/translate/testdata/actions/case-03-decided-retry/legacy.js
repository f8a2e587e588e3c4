exports.onExecuteSendPhoneMessage = async (event, api) => {
  const res = await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  });
  if (!res.ok) throw new Error(`gateway ${res.status}`);
};
