exports.onExecuteSendPhoneMessage = async (event, api) => {
  const isEnrollment = event.message_options.action === 'enrollment';
  const path = isEnrollment ? '/welcome' : '/login';
  await fetch(event.secrets.GATEWAY_URL + path, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  });
};
