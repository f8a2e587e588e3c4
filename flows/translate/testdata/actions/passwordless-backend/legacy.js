const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  await axios({
    method: 'POST',
    url: `${event.secrets.BACKEND_URL}/auth0/phone-messages`,
    headers: { authorization: `Bearer ${event.secrets.BACKEND_TOKEN}` },
    data: {
      recipient: event.message_options?.recipient,
      body: event.message_options?.text,
      type: event.message_options?.message_type,
      purpose: event.message_options?.action,
      client: { id: event.client?.client_id, name: event.client?.name },
      user: event.user.user_id,
      req: { ip: event.request.ip, 'user-agent': event.request.user_agent },
    },
  });
};
