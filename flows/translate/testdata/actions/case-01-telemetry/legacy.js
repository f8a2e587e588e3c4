// Reports each second factor to the SIEM. Sending is done by the Action "send-sms".
exports.onExecuteSendPhoneMessage = async (event) => {
  const entry = {
    type: 'mfa.phone.challenge',
    at: new Date().toISOString(),
    user: event.user?.user_id,
    email: event.user?.email,
    app: event.client?.name,
    ip: event.request?.ip,
    agent: event.request?.user_agent,
  };

  fetch('https://collector.siem.example/v1/events', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Api-Key': event.secrets.SIEM_KEY },
    body: JSON.stringify(entry),
  }).catch(() => {});
};
