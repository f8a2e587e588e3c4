exports.onExecuteSendPhoneMessage = async (event, api) => {
  const telnyx = require('telnyx')(event.secrets.TELNYX_API_KEY);
  const { recipient: to, text } = event.message_options;

  const { data } = await telnyx.messages.create({
    messaging_profile_id: event.secrets.TELNYX_PROFILE_ID,
    to,
    text,
  });

  return { status: 'ok', id: data.id };
};
