const { v4: uuidv4 } = require('uuid');
const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const reference = uuidv4();
  console.log(`message ${reference} for tenant ${event.tenant.id}`);
  await axios.put(`${event.secrets.API_BASE}/messages/${reference}`, {
    to: event.message_options.recipient,
    text: event.message_options.text,
    tenant: event.tenant.id,
  });
};
