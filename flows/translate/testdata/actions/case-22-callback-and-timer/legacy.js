const Nexmo = require('nexmo');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text } = event.message_options;
  const nexmo = new Nexmo({ apiKey: event.secrets.KEY, apiSecret: event.secrets.SECRET });
  setTimeout(() => {
    nexmo.message.sendSms(event.secrets.SENDER, recipient, text, (err) => {
      if (err) console.error(err);
    });
  }, 50);
  nexmo.number.get({}, () => {});
};
