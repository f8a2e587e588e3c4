const AWS = require('aws-sdk');
const helper = require('actions:notification-helper');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  AWS.config.update({
    region: 'us-east-1',
    accessKeyId: event.secrets.KEY_ID,
    secretAccessKey: event.secrets.KEY_SECRET,
  });
  await helper.record({ user: event.user.user_id });
  await new AWS.SNS().publish({
    PhoneNumber: event.message_options.recipient,
    Message: event.message_options.text,
  }).promise();
};
