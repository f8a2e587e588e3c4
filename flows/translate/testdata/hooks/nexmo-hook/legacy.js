const Nexmo = require('nexmo');

module.exports = function (recipient, text, context, cb) {
  const nexmo = new Nexmo({
    apiKey: context.webtask.secrets.API_KEY,
    apiSecret: context.webtask.secrets.API_SECRET,
  });
  nexmo.message.sendSms('ACME', recipient, text, { type: 'unicode' }, (err, response) => {
    if (err) {
      cb(err);
    } else if (response.messages[0].status !== '0') {
      cb(new Error(response.messages[0]['error-text']));
    } else {
      cb(null, {});
    }
  });
};
