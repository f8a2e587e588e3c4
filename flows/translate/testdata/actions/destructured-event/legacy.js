exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { message_options, secrets, tenant } = event;
  const answer = await fetch(secrets.GATEWAY_URL, {
    method: 'POST',
    headers: { 'x-tenant': tenant.id },
    body: JSON.stringify({ to: message_options.recipient, content: message_options.text }),
  });
  if (!answer.ok) throw new Error('not accepted');
};
