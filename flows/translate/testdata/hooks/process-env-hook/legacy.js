const AWS = require('aws-sdk');

module.exports = function (recipient, text, context, cb) {
  process.env.AWS_ACCESS_KEY_ID = context.webtask.secrets.AWS_ACCESS_KEY_ID;
  process.env.AWS_SECRET_ACCESS_KEY = context.webtask.secrets.AWS_SECRET_ACCESS_KEY;
  const region = process.env.AWS_REGION || 'us-east-1';

  const sns = new AWS.SNS({ region });
  sns.publish({ Message: text, PhoneNumber: recipient }).promise()
    .then(() => cb(null, {}))
    .catch((err) => cb(err));
};
