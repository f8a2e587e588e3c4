const { Client } = require('direct7');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const d7 = new Client(event.secrets.D7_TOKEN);
  try {
    const report = await d7.sms.sendMessages({
      recipients: [event.message_options.recipient],
      content: event.message_options.text,
      originator: event.secrets.D7_ORIGINATOR,
      unicode: false,
    });
    return { status: 'ok', report };
  } catch (err) {
    console.error('direct7 failed', err);
    return { status: 'failed' };
  }
};
