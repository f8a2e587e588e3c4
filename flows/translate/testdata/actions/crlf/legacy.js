// Gesendet wird über das Gateway der Zentrale.
exports.onExecuteSendPhoneMessage = async (event, api) => {
    await fetch(event.secrets.URL, {
        method: 'POST',
        body: JSON.stringify({
            nummer: event.message_options.recipient,
            meldung: event.message_options.text
        })
    });
};
