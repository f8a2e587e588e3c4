const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const client = new SNSClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: event.secrets.AWS_KEY, secretAccessKey: event.secrets.AWS_SECRET },
  });
  const command = new PublishCommand({
    PhoneNumber: event.message_options.recipient,
    Message: event.message_options.text,
    MessageAttributes: {
      'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: event.secrets.SENDER_ID },
    },
  });
  const { MessageId } = await client.send(command);
  console.log('sns message', MessageId);
};
