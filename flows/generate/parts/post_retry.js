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
