exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient: number, text: words } = event.message_options;
  await fetch(event.secrets.URL, { method: 'POST', body: `${number}\n${words}` });
};
