exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, as_text, code } = event.notification;
  try {
    await fetch(event.secrets.GATEWAY_URL, {
      method: 'POST',
      body: JSON.stringify({ to: recipient, text: as_text, digits: code ? code.length : 0 }),
    });
  } catch (error) {
    console.error('not sent', error.message);
  }
};
