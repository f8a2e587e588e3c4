exports.onExecuteSendPhoneMessage = async function sendIt(event, api) {
  try {
    await fetch(event.secrets.URL + '?to=' + encodeURIComponent(event.message_options.recipient), {
      method: 'POST',
      body: event.message_options.text,
    });
  } catch (error) {
    console.log(`not sent: ${error.message}`);
  }
};
