exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { default: got } = await import('got');
  await got.post(event.secrets.GATEWAY_URL, {
    json: { to: event.message_options.recipient, text: event.message_options.text },
    retry: { limit: 0 },
  });
};
