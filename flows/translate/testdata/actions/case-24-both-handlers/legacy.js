const send = async (key, to, text) => {
  const res = await fetch('https://api.textline.example/v1/messages', {
    method: 'POST',
    headers: { 'x-key': key },
    body: JSON.stringify({ to, text }),
  });
  return res.status;
};

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const status = await send(event.secrets.KEY, event.message_options.recipient, event.message_options.text);
  if (status >= 400) throw new Error(`Textline: ${status}`);
};

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const status = await send(event.secrets.KEY, event.notification.recipient, event.notification.as_text);
  if (status >= 500) api.notification.retry(`Textline: ${status}`);
  else if (status >= 400) api.notification.drop(`Textline: ${status}`);
};
