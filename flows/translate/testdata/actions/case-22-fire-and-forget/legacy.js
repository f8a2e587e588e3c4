exports.onExecuteSendPhoneMessage = async (event, api) => {
  fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  })
    .then((res) => console.log('gateway', res.status))
    .catch((err) => console.error('gateway', err.message));
};
