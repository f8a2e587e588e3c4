exports.onExecuteSendPhoneMessage = async (event, api) => {
  const fields = Object.keys(event.message_options).sort();
  const body = 'code' in event.message_options ? fields.map((f) => `${f}=${event.message_options[f]}`).join('&') : '';
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body });
};
