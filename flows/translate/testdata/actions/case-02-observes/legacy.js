const axios = require('axios');

// Bound first; the message is sent by the Action that is bound after this one.
exports.onExecuteSendPhoneMessage = async (event, api) => {
  await axios.post(event.secrets.AUDIT_URL, {
    what: event.message_options.action,
    who: event.user.user_id,
    tenant: event.tenant.id,
  });
};
