const helper = require('actions:notification-helper');
const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { code, action, recipient } = event.message_options;
  const body = await helper.phrase('otp', { code, purpose: action });
  await axios.post(event.secrets.GATEWAY_URL, { recipient, body: String(body), purpose: action });
};
