const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, ...content } = event.message_options;
  await axios.post(`${event.secrets.GATEWAY_URL}/${encodeURIComponent(recipient)}`, content);
};
