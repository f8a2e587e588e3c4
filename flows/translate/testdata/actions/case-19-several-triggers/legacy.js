const post = (url, data) => fetch(url, { method: 'POST', body: JSON.stringify(data) });

exports.onExecutePostLogin = async (event, api) => {
  if (!event.user.app_metadata.phone_checked) {
    api.multifactor.enable('any');
  }
};

exports.onExecuteSendPhoneMessage = async (event, api) => {
  await post(event.secrets.GATEWAY_URL, {
    to: event.message_options.recipient,
    text: event.message_options.text,
  });
};
