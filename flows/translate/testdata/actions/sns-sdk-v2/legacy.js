const AWS = require('aws-sdk');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;

  const sns = new AWS.SNS({
    apiVersion: '2010-03-31',
    region: event.secrets.AWS_REGION,
    credentials: new AWS.Credentials(
      event.secrets.AWS_ACCESS_KEY_ID,
      event.secrets.AWS_SECRET_ACCESS_KEY
    ),
  });

  return sns.publish({
    Message: text,
    PhoneNumber: recipient,
    MessageAttributes: {
      'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
    },
  }).promise();
};
