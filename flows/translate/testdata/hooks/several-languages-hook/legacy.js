const request = require('request');

const words = {
  en: { enrollment: 'adds your phone', 'second-factor-authentication': 'is your code' },
  es: { enrollment: 'registra su teléfono', 'second-factor-authentication': 'es su código' },
  pt: { enrollment: 'registra o seu telefone', 'second-factor-authentication': 'é o seu código' },
};

module.exports = function (recipient, text, context, cb) {
  var language = (context.language || 'en').split('-')[0];
  var own = (words[language] || words.en)[context.action];
  request.post({ url: context.webtask.secrets.SMS_URL, form: { to: recipient, text: context.code + ' ' + own } }, function (err) {
    cb(err);
  });
};
