exports.onExecuteSendPhoneMessage = async (event, api) => {
  const text = `Acme: ${event.message_options.code} is your code`;
  await api.message.send({ to: event.message_options.recipient, text });
};
