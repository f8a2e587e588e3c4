exports.onExecuteSendPhoneMessage = async (event) => {
  await fetch(event.secrets.BACKEND, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
};
