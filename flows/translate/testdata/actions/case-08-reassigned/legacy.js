exports.onExecuteSendPhoneMessage = async (event, api) => {
  let data = event.message_options;
  const to = data.recipient;
  data = { to, text: data.text, app: event.client ? event.client.name : 'none' };
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify(data) });
};
