const axios = require('axios');

const ATTEMPTS = 3;
const PAUSE_MS = 400;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const http = axios.create({
    baseURL: event.secrets.GATEWAY_URL,
    timeout: 5000,
    headers: { Authorization: 'Bearer ' + event.secrets.GATEWAY_TOKEN },
  });

  let last;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await http.post('/messages', {
        to: event.message_options.recipient,
        text: event.message_options.text,
      });
      return;
    } catch (err) {
      last = err;
      console.log('attempt %d failed', attempt);
      await wait(PAUSE_MS * attempt);
    }
  }
  throw last;
};
