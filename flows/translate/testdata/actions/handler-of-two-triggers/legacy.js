/** Sends the text of a code; after a login, a note that somebody logged in. */
const notify = async (event) => {
  const message = event.message_options;
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify(message ? { to: message.recipient, text: message.text } : { to: event.user.phone_number, text: 'Hello again' }),
  });
};

exports.onExecutePostLogin = exports.onExecuteSendPhoneMessage = notify;
