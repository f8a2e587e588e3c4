// Bound second; "audit-phone-messages" is bound first.
exports.onExecuteSendPhoneMessage = async (event, api) => {
  const res = await fetch(event.secrets.SMS_URL, {
    method: 'POST',
    headers: { authorization: 'Token ' + event.secrets.SMS_TOKEN },
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  });
  if (!res.ok) throw new Error('sms: ' + res.status);
};
