const axios = require('axios');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const payload = () => ({
    to: event.message_options.recipient,
    text: event.message_options.text,
  });

  async function attempt(url) {
    const { status } = await axios.post(url, payload(), { validateStatus: () => true });
    return status < 300;
  }

  if (await attempt(event.secrets.PRIMARY_URL)) return;
  console.warn('the primary gateway failed for', event.message_options.recipient.slice(-4));
  if (await attempt(event.secrets.FALLBACK_URL)) return;
  throw new Error('both gateways failed');
};
