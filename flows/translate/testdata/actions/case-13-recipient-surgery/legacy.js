exports.onExecuteSendPhoneMessage = async (event, api) => {
  const [country, national] = event.message_options.recipient.split(' ');
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ country: country.substring(1), national, text: event.message_options.text }),
  });
};
