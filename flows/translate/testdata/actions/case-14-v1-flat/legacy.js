const axios = require('axios');

/**
 * @param {SendPhoneMessageEvent} event - what to send, and to whom
 * @param {SendPhoneMessageContext} context - the secrets of this Action
 */
module.exports = async (event, context) => {
  const response = await axios.post(context.secrets.GATEWAY_URL, {
    to: event.recipient,
    body: event.text,
    app: event.client.client_metadata.short_name,
  });
  if (response.status !== 200) {
    throw new Error('gateway: ' + response.status);
  }
  return {};
};
