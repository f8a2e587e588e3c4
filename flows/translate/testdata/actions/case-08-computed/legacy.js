const WANTED = ['recipient', 'text', 'message_type'];

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const form = new URLSearchParams();
  for (const name of WANTED) form.append(name, event.message_options[name]);
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: form });
};
