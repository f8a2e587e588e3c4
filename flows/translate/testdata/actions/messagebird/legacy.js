exports.onExecuteSendPhoneMessage = async (event, api) => {
  const messagebird = require('messagebird').initClient(event.secrets.MESSAGEBIRD_ACCESS_KEY);

  await new Promise((resolve, reject) => {
    messagebird.messages.create(
      {
        originator: 'AcmeBank',
        recipients: [event.message_options.recipient],
        body: event.message_options.text,
      },
      (err, response) => (err ? reject(err) : resolve(response))
    );
  });
};
