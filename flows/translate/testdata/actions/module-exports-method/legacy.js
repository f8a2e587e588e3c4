module.exports = {
  async onExecuteSendPhoneMessage(event, api) {
    const { recipient, text } = event.message_options;
    await fetch(event.secrets.URL, { method: 'POST', body: new URLSearchParams({ recipient, text }) });
  },
};
