exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { code, recipient } = event.message_options;
  let text;
  switch (event.message_options.action) {
    case 'enrollment':
      text = `Welcome to Acme. ${code} adds this phone to your account.`;
      break;
    case 'second-factor-authentication':
      text = `${code} is your Acme login code.`;
      break;
    default:
      throw new Error('unknown purpose');
  }
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: JSON.stringify({ to: recipient, text }) });
};
