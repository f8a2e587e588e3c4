// Shared with the Actions of the login, whose api can deny access.
const refuse = (api, reason) => {
  if (api.access) api.access.deny(reason);
  else console.log(`refused: ${reason}, only ${Object.keys(api).join()}`);
};

exports.onExecuteSendPhoneMessage = async (event, api) => {
  if (event.message_options.recipient.startsWith('+882')) {
    refuse(api, 'satellite numbers');
    return;
  }
  await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body: event.message_options.text });
};
