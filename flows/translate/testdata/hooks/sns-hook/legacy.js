const AWS = require('aws-sdk');

module.exports = function (recipient, text, context, cb) {
  const sns = new AWS.SNS({
    region: 'eu-west-1',
    accessKeyId: context.webtask.secrets.AWS_ACCESS_KEY_ID,
    secretAccessKey: context.webtask.secrets.AWS_SECRET_ACCESS_KEY,
  });
  sns.publish({ Message: text, PhoneNumber: recipient }, function (err, data) {
    if (err) return cb(err);
    console.log('published ' + data.MessageId);
    cb(null, {});
  });
};
