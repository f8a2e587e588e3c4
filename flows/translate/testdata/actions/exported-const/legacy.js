const deliver = async (event) => {
  const response = await fetch(event.secrets.URL, {
    method: 'POST',
    body: JSON.stringify([event.message_options.recipient, event.message_options.text]),
  });
  if (!response.ok) throw new Error(await response.text());
};

exports.onExecuteSendPhoneMessage = deliver;
