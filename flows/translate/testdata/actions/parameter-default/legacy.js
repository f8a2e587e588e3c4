exports.onExecuteSendPhoneMessage = async (event, api, { recipient, text } = event.message_options) => {
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify({ recipient, text }) });
};
