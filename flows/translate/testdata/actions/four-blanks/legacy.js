exports.onExecuteSendPhoneMessage = async (event) => {
    const message = event.message_options;
    const body = new URLSearchParams({ to: message.recipient, text: message.text });
    for (const purpose of Object.keys(message).filter((key) => key === 'action')) {
        body.append('purpose', message[purpose]);
    }
    await fetch(event.secrets.GATEWAY_URL, { method: 'POST', body });
};
