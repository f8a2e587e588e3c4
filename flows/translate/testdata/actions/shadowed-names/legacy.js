// event.message_options.text is what the admin wrote in the Dashboard.
const describe = (event) => `${event.name}: ${event.message_options.length} options`;

exports.onExecuteSendPhoneMessage = async (event, api) => {
  const text = event.message_options.text;
  const log = [{ name: 'send', message_options: ['a', 'b'] }];
  log.forEach((event) => console.log(describe(event), event.message_options.join()));

  const notification = 'event.message_options.text';
  const res = await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text, source: notification }),
  });
  if (!res.ok) throw new Error('no');
};
