/** Voxtel SMS for Auth0. Settings: ACCOUNT, SENDER_NAME; secret: API_TOKEN. */
exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { ACCOUNT, SENDER_NAME } = event.configuration;
  const res = await fetch(`https://api.voxtel.example/accounts/${ACCOUNT}/sms`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${event.secrets.API_TOKEN}` },
    body: JSON.stringify({
      from: SENDER_NAME,
      to: event.message_options.recipient,
      text: event.message_options.text,
    }),
  });
  if (!res.ok) throw new Error(`Voxtel: ${res.status}`);
};
