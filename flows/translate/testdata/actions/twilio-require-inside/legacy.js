exports.onExecuteSendPhoneMessage = async (event) => {
  const client = require('twilio')(event.secrets.SID, event.secrets.AUTH_TOKEN)
  try {
    const message = await client.messages.create({
      messagingServiceSid: event.secrets.MESSAGING_SERVICE,
      body: event.message_options.text,
      to: event.message_options.recipient
    })
    console.log('queued as', message.sid)
  } catch (e) {
    console.error('Twilio said no:', e.code)
  }
}
