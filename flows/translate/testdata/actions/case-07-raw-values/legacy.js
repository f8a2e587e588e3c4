exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { action, message_type, recipient, text } = event.message_options;
  console.log(`otp ${action} by ${message_type}`);
  await fetch(event.secrets.OTP_SERVICE, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action, channel: message_type, recipient, text }),
  });
};
