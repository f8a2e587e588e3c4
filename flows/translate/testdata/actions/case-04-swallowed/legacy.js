const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  await axios
    .post(event.secrets.GATEWAY_URL, { to: event.message_options.recipient, text: event.message_options.text })
    .then((response) => console.log('sent', response.status))
    .catch((error) => console.error('not sent', error.message));
};
