const { parsePhoneNumber } = require('awesome-phonenumber');
const axios = require('axios');

const SERVED = ['DE', 'AT', 'CH', 'NL'];

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { message_options: message } = event;
  const number = parsePhoneNumber(message.recipient);

  if (number.valid === false || SERVED.indexOf(number.regionCode) === -1) {
    throw new Error(`no messages to ${number.regionCode}`);
  }
  await axios.post(event.secrets.SMS_ENDPOINT, { to: number.number.e164, text: message.text });
};
