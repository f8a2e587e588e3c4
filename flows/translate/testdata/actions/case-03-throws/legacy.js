const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  if (!event.secrets.GATEWAY_URL) {
    throw new Error('GATEWAY_URL is not set');
  }
  try {
    const { data } = await axios.post(event.secrets.GATEWAY_URL, {
      to: event.message_options.recipient,
      text: event.message_options.text,
    });
    if (data && data.error) throw new Error(data.error);
  } catch (err) {
    throw new Error('could not send the code: ' + (err.response ? err.response.status : err.message));
  }
};
