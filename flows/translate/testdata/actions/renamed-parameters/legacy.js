exports.onExecuteSendPhoneMessage = async (e, { cache }) => {
  const seen = cache.get('failures');
  try {
    await fetch(e.secrets.ENDPOINT, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to: e.message_options.recipient, text: e.message_options.text }),
    });
  } catch {
    cache.set('failures', String(Number(seen?.value ?? 0) + 1));
  }
};
