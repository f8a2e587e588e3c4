const axios = require('axios');

module.exports = async (recipient, text, context, cb) => {
  try {
    await axios.post(
      'https://api.telnyx.com/v2/messages',
      { from: context.webtask.secrets.TELNYX_FROM, to: recipient, text },
      { headers: { Authorization: `Bearer ${context.webtask.secrets.TELNYX_KEY}` } }
    );
  } catch (error) {
    return cb(new Error('Telnyx: ' + error.message));
  }
  return cb(null, {});
};
