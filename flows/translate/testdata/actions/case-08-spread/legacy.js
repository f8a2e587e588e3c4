const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  await axios.post(event.secrets.GATEWAY_URL, { ...event.message_options, tenant: event.tenant.id });
};
