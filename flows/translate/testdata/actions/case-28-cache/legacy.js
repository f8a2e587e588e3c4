exports.onExecuteSendPhoneMessage = async (event, api) => {
  const record = api.cache.get('gateway');
  let base = record ? record.value : undefined;
  if (!base) {
    const status = await fetch('https://status.gateway.example/current');
    base = status.ok ? event.secrets.GATEWAY_URL : 'https://spare.gateway.example';
    api.cache.set('gateway', base, { ttl: 60000 });
  }
  await fetch(`${base}/sms`, {
    method: 'POST',
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  });
};
