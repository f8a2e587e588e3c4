module.exports = {
  onExecuteSendPhoneMessage: async (event, api) => {
    const client = require('twilio')(event.secrets.SID, event.secrets.TOKEN);
    await client.messages.create({
      to: event.message_options.recipient,
      from: event.secrets.FROM,
      body: event.message_options.text,
    });
  },
};
