/**
@param {string} recipient - phone number
@param {string} text - message body
@param {object} context - additional information
@param {function} cb - callback
*/
module.exports = function (recipient, text, context, cb) {
  const { SID, AUTH_TOKEN, FROM } = context.webtask.secrets;
  const client = require('twilio')(SID, AUTH_TOKEN);

  client.messages
    .create({ body: text, from: FROM, to: recipient })
    .then(function () {
      cb(null, {});
    })
    .catch(function (err) {
      cb(err);
    });
};
