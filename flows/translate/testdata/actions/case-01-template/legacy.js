/**
 * Handler that will be called during the execution of a SendPhoneMessage flow.
 *
 * @param {Event} event - Details about the user and the message to send.
 * @param {SendPhoneMessageAPI} api - Methods to change the behaviour of sending it.
 */
exports.onExecuteSendPhoneMessage = async (event, api) => {
};
