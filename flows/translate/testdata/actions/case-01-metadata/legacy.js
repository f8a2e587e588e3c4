exports.onExecuteSendPhoneMessage = async (event, api) => {
  const { ManagementClient } = require('auth0');
  const management = new ManagementClient({
    domain: event.secrets.DOMAIN,
    clientId: event.secrets.M2M_ID,
    clientSecret: event.secrets.M2M_SECRET,
  });
  await management.users.update(
    { id: event.user.user_id },
    { app_metadata: { last_phone_challenge: Date.now() } }
  );
};
