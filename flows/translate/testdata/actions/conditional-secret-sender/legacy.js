const twilio = require("twilio")

exports.onExecuteSendPhoneMessage = async (event, api) => {
    const msg = event.message_options
    const from = msg.recipient.startsWith("+1") ? event.secrets.FROM_US : event.secrets.FROM_DEFAULT
    const client = twilio(event.secrets.SID, event.secrets.TOKEN)

    try {
        const { sid } = await client.messages.create({ from, to: msg.recipient, body: msg.text })
        console.log("sent", sid, "to", msg.recipient.slice(0, 4) + "…")
    } catch (e) {
        if (e.code === 21211) throw new Error("invalid number")
        throw e
    }
}
