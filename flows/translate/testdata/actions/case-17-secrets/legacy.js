const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { API_KEY, SENDER: sender = 'ACME' } = event.secrets;
  await axios.post(
    `${event.secrets.BASE_URL}/send`,
    { from: sender, to: event.message_options.recipient, text: event.message_options.text },
    { auth: { username: event.secrets['API_USER'], password: API_KEY } }
  );
};
