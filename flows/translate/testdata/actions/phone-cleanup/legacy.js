exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { text, recipient } = event.message_options;
  const to = recipient.replace(/[\s\-().]/g, '');

  await fetch(event.secrets.SMS_URL, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ to, text }),
  });
};
