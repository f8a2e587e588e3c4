/**
 * Sends phone messages through the SMS gateway of the connection "sms", with the request that Auth0 itself made
 * to it.
 */

// The SMS gateway of the connection "sms".
const GATEWAY = {
  url: "https://sms.acme.example/send",
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
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ recipient, body: as_text });
  await post(api, "the SMS gateway", GATEWAY.url, headers, body);
}

/**
 * Posts a message to a carrier and tells Auth0 if it did not take it. What may get better by itself is tried again, up to five
 * times within minutes; what the carrier refuses it would refuse again.
 */
async function post(api, carrier, url, headers, body) {
  let response;
  try {
    // A redirect counts as a refusal: neither the message nor the credentials follow it elsewhere.
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
  } catch (error) {
    api.notification.retry(`${carrier} did not answer: ${error.cause?.code ?? error.name}`);
    return;
  }
  if (response.ok) return;
  const reason = `${carrier} answered ${response.status}`;
  if (response.status === 429 || response.status >= 500) {
    api.notification.retry(reason);
  } else {
    api.notification.drop(reason);
  }
}
