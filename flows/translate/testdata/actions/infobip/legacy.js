exports.onExecuteSendPhoneMessage = async (event) => {
  const url = new URL('/sms/2/text/advanced', event.secrets.INFOBIP_BASE_URL);

  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `App ${event.secrets.INFOBIP_API_KEY}`,
      'Content-Type': 'application/json',
      Accept: 'application/json',
    },
    body: JSON.stringify({
      messages: [
        {
          from: 'Acme',
          destinations: [{ to: event.message_options.recipient }],
          text: event.message_options.text,
        },
      ],
    }),
  });

  if (!response.ok) {
    throw new Error(`Infobip: HTTP ${response.status}`);
  }
  const answer = await response.json();
  const status = answer.messages?.[0]?.status;
  if (status && !['PENDING', 'DELIVERED'].includes(status.groupName)) {
    throw new Error(`Infobip: ${status.description}`);
  }
};
