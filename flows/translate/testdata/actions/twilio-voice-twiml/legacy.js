const twilio = require('twilio');

const escapeXml = (s) => s.replace(/[<>&'"]/g, (c) => `&#${c.charCodeAt(0)};`);

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const client = twilio(event.secrets.TWILIO_SID, event.secrets.TWILIO_TOKEN);
  const { recipient, text, message_type } = event.message_options;

  if (message_type === 'voice') {
    const say = escapeXml(text);
    await client.calls.create({
      to: recipient,
      from: event.secrets.FROM_NUMBER,
      twiml: `<Response><Pause length="1"/><Say voice="alice" loop="2">${say}</Say></Response>`,
    });
    return;
  }

  await client.messages.create({ to: recipient, from: event.secrets.FROM_NUMBER, body: text });
};
