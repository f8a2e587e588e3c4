/**
 * Sends phone messages through the SMS gateway of the connection "sms", with the request that Auth0 itself made
 * to it.
 */

// The SMS gateway of the connection "sms".
const GATEWAY = {
  url: "https://sms.acme.example/send",
  sender: "ACME",
};

// Auth0 ends an Action after 20 seconds. Not waiting quite as long leaves time to say what became of the message.
const TIMEOUT_MS = 18_000;

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  // Not for this Action: accounts that were blocked, passwords that were changed or found in a breach.
  if (!["otp_verify", "otp_enroll"].includes(event.notification.message_type)) {
    api.notification.drop(`${event.notification.message_type} is no code, and this Action sends codes only`);
    return;
  }
  await gateway(event, api);
};

/** Posts a message to the SMS gateway of the connection "sms", as Auth0 itself did for Passwordless. */
async function gateway(event, api) {
  // Passwordless never calls, so that the gateway was made for text messages only.
  // What should be a call goes out as a text message.
  const { recipient, as_text } = event.notification;
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY.sender });
  await post(api, "the SMS gateway", GATEWAY.url, headers, body);
}

/**
 * Posts a message to a carrier and has Auth0 try again if it did not take it, whatever the reason: up to five times within minutes.
 */
async function post(api, carrier, url, headers, body) {
  try {
    // A redirect counts as a refusal: neither the message nor the credentials follow it elsewhere.
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    if (!response.ok) api.notification.retry(`${carrier} answered ${response.status}`);
  } catch (error) {
    api.notification.retry(`${carrier} did not answer: ${error.cause?.code ?? error.name}`);
  }
}
