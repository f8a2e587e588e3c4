interface Message {
  to: string;
  text: string;
}

exports.onExecuteSendPhoneMessage = async (event: any, api: unknown): Promise<void> => {
  const message: Message = { to: event.message_options.recipient, text: event.message_options.text };
  await fetch(event.secrets.GATEWAY_URL as string, { method: 'POST', body: JSON.stringify(message) });
};
