exports.onExecuteSendPhoneMessage = async (event) => {
  console.log('code', event.message_options.code, 'for', event.message_options.recipient);
};
