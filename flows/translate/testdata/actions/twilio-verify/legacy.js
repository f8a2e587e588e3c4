const Twilio = require("twilio");

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, VERIFY_SERVICE_SID } = event.secrets;
  const client = new Twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN);
  const channel = event.message_options.message_type === "voice" ? "call" : "sms";

  const verification = await client.verify.v2.services(VERIFY_SERVICE_SID).verifications.create({
    to: event.message_options.recipient,
    channel,
    customCode: event.message_options.code,
  });

  if (verification.status !== "pending") {
    throw new Error(`Twilio Verify answered ${verification.status}`);
  }
};
