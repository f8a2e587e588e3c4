exports.onExecuteSendPhoneMessage = async (event, api) => {
  const tags = {
    tenant: event.tenant.id,
    user: event.user.user_id,
    mail: event.user.email,
    plan: event.user.app_metadata?.plan,
    client: event.client.client_id,
    tier: event.client.metadata.tier,
    country: event.request.geoip?.countryCode,
    agent: event.request.user_agent,
    trace: event.transaction?.correlation_id,
  };
  await fetch(event.secrets.GATEWAY_URL, {
    method: 'POST',
    headers: { 'x-tags': JSON.stringify(tags) },
    body: JSON.stringify({ to: event.message_options.recipient, text: event.message_options.text }),
  });
};
