/**
 * Sends each phone message by the carrier that it belongs to: see ROUTES.
 *
 * Which carrier sends MFA's codes to users who have just signed in with Passwordless? Codes that name an sms
 * connection go by its carrier, some of MFA's perhaps among them. Enrolment codes and calls are MFA's in any
 * case.
 *
 * Which carrier sends login codes that name no connection? Login codes without a connection go as those of
 * Passwordless (sms) do, whatever flow they are from.
 *
 * Secrets: GATEWAY_SECRET, what the tokens for the SMS gateway of the connection "sms" are signed with;
 * TWILIO_AUTH_TOKEN, the auth token of the Twilio account "AC11111111111111111111111111111111".
 */

const crypto = require("crypto");

// Who sends what. The first route that fits a message sends it. The connection null is none.
const ROUTES = [
  {
    name: "Passwordless (sms)",
    connections: ["con_sms"],
    types: ["otp_verify"],
    methods: ["text"],
    send: gateway,
  },
  { name: "codes that name no connection", connections: [null], types: ["otp_verify"], send: gateway },
  { name: "MFA", send: twilio },
];

// The SMS gateway of the connection "sms".
const GATEWAY = {
  url: "https://sms.acme.example/send",
  sender: "ACME",
  audience: "https://sms.acme.example/send",
  subject: "urn:Auth0",
};

// Twilio, account "AC11111111111111111111111111111111", from "+15005550006".
const TWILIO = {
  account: "AC11111111111111111111111111111111",
  from: "+15005550006",
};

// Auth0 ends an Action after 20 seconds. Not waiting quite as long leaves time to say what became of the message.
const TIMEOUT_MS = 18_000;

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  // Not for this Action: accounts that were blocked, passwords that were changed or found in a breach.
  if (!["otp_verify", "otp_enroll"].includes(event.notification.message_type)) {
    api.notification.drop(`${event.notification.message_type} is no code, and this Action sends codes only`);
    return;
  }
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
    allows(route.connections, event.connection?.id ?? null) &&
    allows(route.types, event.notification.message_type) &&
    allows(route.methods, event.notification.delivery_method)
  );
}

function allows(list, value) {
  return !list || list.includes(value);
}

/** Posts a message to the SMS gateway of the connection "sms", as Auth0 itself did for Passwordless. */
async function gateway(event, api) {
  const { delivery_method, recipient, as_text } = event.notification;
  // Passwordless never calls, so that the gateway was made for text messages only.
  if (delivery_method === "voice") {
    api.notification.drop("the SMS gateway cannot call");
    return;
  }
  const claims = { iat: Math.floor(Date.now() / 1000), aud: GATEWAY.audience, sub: GATEWAY.subject };
  const key = event.secrets.GATEWAY_SECRET;
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token(claims, key)}` };
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY.sender });
  await post(api, "the SMS gateway", GATEWAY.url, headers, body);
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

/** A JSON Web Token (HS256) with these claims, signed with this key. */
function token(claims, key) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  const signature = crypto.createHmac("sha256", key).update(signed).digest("base64url");
  return `${signed}.${signature}`;
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
