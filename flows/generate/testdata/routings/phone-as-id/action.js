/**
 * Sends each phone message by the carrier that it belongs to: see ROUTES.
 *
 * Which carrier sends MFA's codes to users who have just signed in with Passwordless? Codes that name an sms
 * connection go by its carrier, some of MFA's perhaps among them. Enrolment codes and calls are MFA's in any
 * case.
 *
 * Which carrier sends codes to users of a database who sign in by phone number? Codes that name such a
 * connection go by its carrier, MFA's for its users perhaps among them. Enrolment codes are MFA's in any case.
 *
 * Which carrier sends login codes that name no connection? Login codes without a connection go as those of MFA
 * do, whatever flow they are from.
 *
 * Which carrier sends notices that are no codes? Notices go as the codes of Phone as ID (Customers) do.
 *
 * Secrets: TWILIO_2_AUTH_TOKEN, the auth token of the Twilio account "AC11111111111111111111111111111111";
 * TWILIO_AUTH_TOKEN, the auth token of the Twilio account "AC22222222222222222222222222222222".
 */

// Who sends what. The first route that fits a message sends it.
const ROUTES = [
  { name: "Phone as ID (Customers)", connectionNames: ["Customers"], types: ["otp_verify"], send: twilio1 },
  { name: "Passwordless", strategy: "sms", types: ["otp_verify"], methods: ["text"], send: gateway },
  { name: "MFA", types: ["otp_verify", "otp_enroll"], send: twilio2 },
  { name: "notices", types: ["blocked_account", "change_password", "password_breach"], send: twilio1 },
];

// Twilio, account "AC22222222222222222222222222222222", from "+15005550006".
const TWILIO_1 = {
  account: "AC22222222222222222222222222222222",
  from: "+15005550006",
};

// The SMS gateway of the connection "sms".
const GATEWAY = {
  url: "https://sms.acme.example/send",
  sender: "ACME",
};

// Twilio, account "AC11111111111111111111111111111111", from "+15005550006".
const TWILIO_2 = {
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
  return (
    (!route.strategy || route.strategy === event.connection?.strategy) &&
    allows(route.connectionNames, event.connection?.name) &&
    allows(route.types, event.notification.message_type) &&
    allows(route.methods, event.notification.delivery_method)
  );
}

function allows(list, value) {
  return !list || list.includes(value);
}

/** Sends a text message, or calls and reads it out: see Twilio's reference of the Message and the Call resource. */
async function twilio1(event, api) {
  const { delivery_method, recipient, as_text, as_voice } = event.notification;
  let resource = "Messages.json";
  let message = { To: recipient, From: TWILIO_1.from, Body: as_text };
  if (delivery_method === "voice") {
    const twiml = `<Response><Say>${xml(as_voice)}</Say></Response>`;
    resource = "Calls.json";
    message = { To: recipient, From: TWILIO_1.from, Twiml: twiml };
  }
  const url = `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(TWILIO_1.account)}/${resource}`;
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    Authorization: basic(TWILIO_1.account, event.secrets.TWILIO_AUTH_TOKEN),
  };
  await post(api, "Twilio", url, headers, new URLSearchParams(message).toString());
}

/** Posts a message to the SMS gateway of the connection "sms", as Auth0 itself did for Passwordless. */
async function gateway(event, api) {
  const { delivery_method, recipient, as_text } = event.notification;
  // Passwordless never calls, so that the gateway was made for text messages only.
  if (delivery_method === "voice") {
    api.notification.drop("the SMS gateway cannot call");
    return;
  }
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY.sender });
  await post(api, "the SMS gateway", GATEWAY.url, headers, body);
}

/** Sends a text message, or calls and reads it out: see Twilio's reference of the Message and the Call resource. */
async function twilio2(event, api) {
  const { delivery_method, recipient, as_text, as_voice } = event.notification;
  let resource = "Messages.json";
  let message = { To: recipient, From: TWILIO_2.from, Body: as_text };
  if (delivery_method === "voice") {
    const twiml = `<Response><Say>${xml(as_voice)}</Say></Response>`;
    resource = "Calls.json";
    message = { To: recipient, From: TWILIO_2.from, Twiml: twiml };
  }
  const url = `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(TWILIO_2.account)}/${resource}`;
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    Authorization: basic(TWILIO_2.account, event.secrets.TWILIO_2_AUTH_TOKEN),
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
