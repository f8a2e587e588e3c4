exports.onExecutePostLogin = async (event, api) => {
  if (event.connection.strategy === 'sms') {
    api.idToken.setCustomClaim('https://acme.example/phone', event.user.phone_number);
  }
};
