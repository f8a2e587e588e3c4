exports.onExecuteSendPhoneMessage = async ({ message_options: { recipient, text }, secrets, user }) => {
  const response = await fetch(secrets.GATEWAY_URL, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.GATEWAY_TOKEN}` },
    body: JSON.stringify({ recipient, text, customer: user.user_id }),
  });
  if (response.status >= 400) throw new Error(`gateway: ${response.status}`);
};
