const handler = async (event) => {
  const message = { ...event.message_options, brand: 'Acme' };
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify(message) });
};

module.exports = Object.freeze({ onExecuteSendPhoneMessage: handler });
