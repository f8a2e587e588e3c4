const axios = require('axios')

// Standard style: no semicolons
exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { recipient, text, action } = event.message_options

  try {
    await axios.post(event.secrets.GATEWAY_URL, { recipient, text, action })
  } catch (error) {
    console.error(error.message)
    throw error
  }
}
