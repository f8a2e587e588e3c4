exports.onExecuteSendPhoneMessage = async (event, api) => {
  const provider = event.user.identities?.[0]?.provider ?? 'unknown';
  const factors = (event.user.multifactor || []).length;
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({
      to: event.message_options.recipient,
      text: event.message_options.text,
      tags: [provider, factors > 0 ? 'returning' : 'first'],
    }),
  });
};
