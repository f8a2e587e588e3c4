async function onExecuteSendPhoneMessage(event, api) {
  const to = event?.message_options?.recipient;
  const text = event?.message_options?.text ?? '';
  await fetch(event.secrets.URL, { method: 'POST', body: JSON.stringify({ to, text }) });
}

module.exports = { onExecuteSendPhoneMessage };
