const twilio = require('twilio');

module.exports = async function (recipient, text, context, cb) {
  const secrets = context.webtask.secrets;
  const client = twilio(secrets.TWILIO_SID, secrets.TWILIO_AUTH_TOKEN);
  try {
    await client.verify.services(secrets.VERIFY_SID).verifications.create({
      to: recipient,
      channel: context.message_type === 'sms' ? 'sms' : 'call',
      customCode: context.code,
    });
    cb(null, {});
  } catch (e) {
    cb(e);
  }
};
