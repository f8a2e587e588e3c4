/** Gives up messages that no carrier was chosen for. */
async function nobody(event, api) {
  const { message_type, delivery_method } = event.notification;
  api.notification.drop(`no carrier was chosen for ${message_type} by ${delivery_method} to this number`);
}
