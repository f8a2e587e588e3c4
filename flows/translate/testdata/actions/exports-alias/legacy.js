const out = exports;

out.onExecuteSendPhoneMessage = async (event) => {
  const { recipient, text } = event.message_options;
  const response = await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify({ recipient, text }) });
  if (!response.ok) throw new Error(`gateway: ${response.status}`);
};
