const axios = require('axios');

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const { notification, user } = event;
  await axios.post(event.secrets.BACKEND, { notification, user: user.user_id });
};
