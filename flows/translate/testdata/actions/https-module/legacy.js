const https = require('https');

const post = (host, path, token, payload) =>
  new Promise((resolve, reject) => {
    const req = https.request(
      {
        host,
        path,
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(payload),
          Authorization: `Bearer ${token}`,
        },
      },
      (res) => {
        let answer = '';
        res.on('data', (chunk) => (answer += chunk));
        res.on('end', () => {
          if (res.statusCode >= 200 && res.statusCode < 300) resolve(answer);
          else reject(new Error(`HTTP ${res.statusCode}`));
        });
      }
    );
    req.on('error', reject);
    req.write(payload);
    req.end();
  });

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const options = event.message_options;
  const payload = JSON.stringify({ number: options.recipient, body: options.text });
  await post(event.secrets.GATEWAY_HOST, '/outbox', event.secrets.GATEWAY_TOKEN, payload);
};
