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
