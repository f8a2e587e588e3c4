exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const { recipient, as_text, as_voice, delivery_method } = event.notification;
  const res = await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: recipient, text: delivery_method === 'voice' ? as_voice : as_text }),
  });
  if (!res.ok) api.notification.drop(`gateway: ${res.status}`);
};
