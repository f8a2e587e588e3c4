exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;
  const res = await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify({ recipient, text }) });
  return { status: res.ok ? 'ok' : 'failed' };
};
