const UAParser = require('ua-parser-js');

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const message = event.message_options || {};
  const agent = new UAParser(event.request.user_agent);
  const browser = agent.getBrowser().name || 'unknown browser';

  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: message.recipient, body: `${message.text} (asked from ${browser})` }),
  });
};
