const request = require('request');

module.exports = function (recipient, text, context, cb) {
  request.post(
    {
      url: 'https://api.infobip.example/sms/1/text/single',
      headers: { Authorization: 'App ' + context.webtask.secrets.INFOBIP_KEY },
      json: { to: recipient, text: text },
    },
    function (err, response) {
      if (err) return cb(err);
      if (response.statusCode >= 400) return cb(new Error('Infobip ' + response.statusCode));
      cb(null, {});
    }
  );
};
