const Prelude = require('@prelude.so/sdk');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const client = new Prelude({ apiToken: event.secrets.PRELUDE_KEY });
  const { ip, user_agent, language } = event.request;

  const verification = await client.verification.create({
    target: { type: 'phone_number', value: event.message_options.recipient },
    options: { custom_code: event.message_options.code, locale: language },
    signals: { ip, user_agent, device_platform: 'web' },
  });

  if (verification.status === 'blocked') {
    throw new Error('this number is blocked');
  }
};
