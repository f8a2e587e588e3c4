exports.onExecuteSendPhoneMessage = async (event, api) => {
  const res = await fetch(`${event.secrets.BOT_URL}/otp`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Bot-Key': event.secrets.BOT_KEY },
    body: JSON.stringify({
      chat: event.user.app_metadata.telegram_chat,
      message_options: event.message_options,
    }),
  });
  if (!res.ok) {
    throw new Error('the bot is out of order');
  }
};
