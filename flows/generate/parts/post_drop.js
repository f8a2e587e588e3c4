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
