/**
 * Sends phone messages through the SMS gateway of the connection "sms", with the request that Auth0 itself made
 * to it.
 *
 * Secrets: GATEWAY_URL, the address of the SMS gateway of the connection "sms".
 */

// The SMS gateway of the connection "sms".
const GATEWAY = {
  sender: "ACME",
};

// Auth0 ends an Action after 20 seconds. Not waiting quite as long leaves time to say what became of the message.
const TIMEOUT_MS = 18_000;

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  await gateway(event, api);
};

/** Posts a message to the SMS gateway of the connection "sms", as Auth0 itself did for Passwordless. */
async function gateway(event, api) {
  const { delivery_method, recipient, as_text } = event.notification;
  // Passwordless never calls, so that the gateway was made for text messages only.
  if (delivery_method === "voice") {
    api.notification.drop("the SMS gateway cannot call");
    return;
  }
  const url = new URL(event.secrets.GATEWAY_URL);
  const login = basic(decodeURIComponent(url.username), decodeURIComponent(url.password));
  const headers = { "Content-Type": "application/json", Authorization: login };
  // fetch refuses an address with a user in it.
  url.username = "";
  url.password = "";
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY.sender });
  await post(api, "the SMS gateway", url, headers, body);
}

/** User and password as HTTP's basic authentication sends them. */
function basic(user, password) {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/**
 * Posts a message to a carrier and tells Auth0 if it did not take it. Nothing is tried again: whoever waits for a code can ask
 * for another one.
 */
async function post(api, carrier, url, headers, body) {
  try {
    // A redirect counts as a refusal: neither the message nor the credentials follow it elsewhere.
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    if (!response.ok) api.notification.drop(`${carrier} answered ${response.status}`);
  } catch (error) {
    api.notification.drop(`${carrier} did not answer: ${error.cause?.code ?? error.name}`);
  }
}
