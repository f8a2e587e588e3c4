exports.onExecuteSendPhoneMessage = async (event) => {
  const axios = require('axios').default;

  const options = {
    method: 'post',
    url: 'https://sms.acme-gateway.example/v3/outbound',
    auth: {
      username: event.secrets.SMS_API_USER,
      password: event.secrets.SMS_API_PASSWORD,
    },
    data: {
      destinations: [event.message_options.recipient],
      content: event.message_options.text,
      priority: 'high',
    },
  };

  try {
    const response = await axios(options);
    console.log(`accepted by the gateway (${response.status})`);
  } catch (error) {
    if (error.response) {
      console.error('the gateway refused', error.response.status);
    }
    throw new Error('the code could not be sent');
  }
};
