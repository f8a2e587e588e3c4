/**
 * Sends phone messages through your own gateway.
 *
 * Secrets: GATEWAY_URL, the https address that takes the message; GATEWAY_TOKEN, sent as a bearer token.
 *
 * @param {Event} event - the message, and whom it is for
 * @param {CustomPhoneProviderAPI} api - tells Auth0 what became of it
 */
exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const { recipient, delivery_method, message_type, as_text, as_voice } = event.notification;
  const response = await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    headers: {
      'Authorization': `Bearer ${event.secrets.GATEWAY_TOKEN}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      to: recipient,
      channel: delivery_method,
      type: message_type,
      text: delivery_method === 'voice' ? as_voice : as_text,
    }),
  });

  if (response.ok) return;
  const reason = `the gateway answered ${response.status}`;
  if (response.status === 429 || response.status >= 500) {
    api.notification.retry(reason);
  } else {
    api.notification.drop(reason);
  }
};
