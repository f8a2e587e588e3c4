/**
 * Sends each phone message by the carrier that it belongs to: see ROUTES.
 *
 * Which carrier sends MFA's codes to users who have just signed in with Passwordless? All codes that name an sms
 * connection go by MFA's carrier, those of Passwordless too: the carriers of the connections are not used.
 *
 * Which carrier sends login codes that name no connection? Login codes without a connection go as those of MFA
 * do, whatever flow they are from.
 *
 * Which carrier sends notices that are no codes? Notices go as the codes of MFA do.
 *
 * Secrets: TWILIO_AUTH_TOKEN, the auth token of the Twilio account "AC11111111111111111111111111111111".
 */

// Who sends what. The first route that fits a message sends it.
const ROUTES = [
  { name: "MFA", send: twilio },
];

// Twilio, account "AC11111111111111111111111111111111", from "+15005550006".
const TWILIO = {
  account: "AC11111111111111111111111111111111",
  from: "+15005550006",
};

// Auth0 ends an Action after 20 seconds. Not waiting quite as long leaves time to say what became of the message.
const TIMEOUT_MS = 18_000;

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const route = ROUTES.find((candidate) => fits(candidate, event));
  if (!route) {
    const { message_type, delivery_method } = event.notification;
    api.notification.drop(`no route for ${message_type} by ${delivery_method}`);
    return;
  }
  await route.send(event, api);
};

/** Whether a route is for this message: what it does not name does not matter. */
function fits(route, event) {
  return true;
}

/** Sends a text message, or calls and reads it out: see Twilio's reference of the Message and the Call resource. */
async function twilio(event, api) {
  const { delivery_method, recipient, as_text, as_voice } = event.notification;
  let resource = "Messages.json";
  let message = { To: recipient, From: TWILIO.from, Body: as_text };
  if (delivery_method === "voice") {
    const twiml = `<Response><Say>${xml(as_voice)}</Say></Response>`;
    resource = "Calls.json";
    message = { To: recipient, From: TWILIO.from, Twiml: twiml };
  }
  const url = `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(TWILIO.account)}/${resource}`;
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    Authorization: basic(TWILIO.account, event.secrets.TWILIO_AUTH_TOKEN),
  };
  await post(api, "Twilio", url, headers, new URLSearchParams(message).toString());
}

/** User and password as HTTP's basic authentication sends them. */
function basic(user, password) {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** Text as it may stand in XML. */
function xml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
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
