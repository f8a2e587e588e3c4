exports.onExecuteSendPhoneMessage = async (event) => {
  const text = event.message_options.text.trim();
  const parts = Math.ceil(text.length / 160);
  console.log(`${parts} part(s)`);
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text, parts }),
  });
};
