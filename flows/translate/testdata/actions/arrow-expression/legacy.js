const axios = require('axios');

/** One expression is all it takes. */
exports.onExecuteSendPhoneMessage = async (event) =>
  axios.post(event.secrets.GATEWAY_URL, {
    to: event.message_options.recipient,
    text: event.message_options.text, // as Auth0 words it
    purpose: event.message_options.action,
  });
