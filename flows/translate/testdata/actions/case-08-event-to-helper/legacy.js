class Gateway {
  constructor(event) {
    this.event = event;
    this.url = event.secrets.GATEWAY_URL;
  }

  get #payload() {
    const { recipient, text } = this.event.message_options;
    return JSON.stringify({ to: recipient, text });
  }

  async send() {
    const response = await fetch(this.url, { method: 'POST', body: this.#payload });
    if (!response.ok) throw new Error(`gateway: ${response.status}`);
  }
}

exports.onExecuteSendPhoneMessage = async (event, api) => {
  await new Gateway(event).send();
};
