const axios = require('axios');

module.exports = function (recipient, text, context, cb) {
  const number = recipient.split(' ')[1] || recipient;
  axios
    .post('https://bulk.sms.example/api', {
      route: 'otp',
      numbers: number,
      message: text,
      lang: context.language,
      app: context.client.client_metadata.app,
      user: context.user.user_id,
      authorization: context.webtask.secrets.API_KEY,
    })
    .then((response) => cb(null, response.data))
    .catch((error) => cb(error));
};
