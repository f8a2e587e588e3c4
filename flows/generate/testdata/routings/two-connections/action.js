/**
 * Sends each phone message by the carrier that it belongs to: see ROUTES.
 *
 * Which carrier sends MFA's codes to users who have just signed in with Passwordless? Codes that name an sms
 * connection go by its carrier, some of MFA's perhaps among them. Enrolment codes and calls are MFA's in any
 * case.
 *
 * Which carrier sends login codes that name no connection? Login codes without a connection go as those of MFA
 * do, whatever flow they are from.
 *
 * Which carrier sends notices that are no codes? Notices are dropped: users do not learn that an account was
 * blocked or a password was found in a breach.
 *
 * Secrets: GATEWAY_RIDERS_SECRET, what the tokens for the SMS gateway of the connection "riders" are signed
 * with; GATEWAY_SECRET, what the tokens for the SMS gateway of the connection "sms" are signed with;
 * TWILIO_AUTH_TOKEN, the auth token of the Twilio account "AC11111111111111111111111111111111".
 */

const crypto = require("crypto");

// Who sends what. The first route that fits a message sends it.
const ROUTES = [
  {
    name: "Passwordless (sms)",
    connections: ["con_sms"],
    types: ["otp_verify"],
    methods: ["text"],
    send: gatewaySms,
  },
  {
    name: "Passwordless (riders)",
    connections: ["con_riders"],
    types: ["otp_verify"],
    methods: ["text"],
    send: gatewayRiders,
  },
  { name: "MFA", types: ["otp_verify", "otp_enroll"], send: twilio },
  { name: "notices", types: ["blocked_account", "change_password", "password_breach"], send: nobody },
];

// The SMS gateway of the connection "sms".
const GATEWAY_SMS = {
  url: "https://sms.acme.example/send",
  sender: "ACME",
  audience: "https://sms.acme.example/send",
  subject: "urn:Auth0",
};

// The SMS gateway of the connection "riders".
const GATEWAY_RIDERS = {
  url: "https://texts.kitewind.example/auth0",
  sender: "ACME",
  audience: "https://texts.kitewind.example/auth0",
  subject: "urn:Auth0",
};

// Twilio, account "AC11111111111111111111111111111111", Messaging Service "MG11111111111111111111111111111111".
const TWILIO = {
  account: "AC11111111111111111111111111111111",
  messagingService: "MG11111111111111111111111111111111",
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
    allows(route.connections, event.connection?.id ?? null) &&
    allows(route.types, event.notification.message_type) &&
    allows(route.methods, event.notification.delivery_method)
  );
}

function allows(list, value) {
  return !list || list.includes(value);
}

/** Posts a message to the SMS gateway of the connection "sms", as Auth0 itself did for Passwordless. */
async function gatewaySms(event, api) {
  const { delivery_method, recipient, as_text } = event.notification;
  // Passwordless never calls, so that the gateway was made for text messages only.
  if (delivery_method === "voice") {
    api.notification.drop("the SMS gateway cannot call");
    return;
  }
  const claims = { iat: Math.floor(Date.now() / 1000), aud: GATEWAY_SMS.audience, sub: GATEWAY_SMS.subject };
  const key = event.secrets.GATEWAY_SECRET;
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token(claims, key)}` };
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY_SMS.sender });
  await post(api, "the SMS gateway of sms", GATEWAY_SMS.url, headers, body);
}

/** Posts a message to the SMS gateway of the connection "riders", as Auth0 itself did for Passwordless. */
async function gatewayRiders(event, api) {
  const { delivery_method, recipient, as_text } = event.notification;
  // Passwordless never calls, so that the gateway was made for text messages only.
  if (delivery_method === "voice") {
    api.notification.drop("the SMS gateway cannot call");
    return;
  }
  const claims = { iat: Math.floor(Date.now() / 1000), aud: GATEWAY_RIDERS.audience, sub: GATEWAY_RIDERS.subject };
  const key = event.secrets.GATEWAY_RIDERS_SECRET;
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token(claims, key)}` };
  const req = { ip: event.request.ip, "user-agent": event.request.user_agent };
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY_RIDERS.sender, req });
  await post(api, "the SMS gateway of riders", GATEWAY_RIDERS.url, headers, body);
}

/** Sends a text message: see Twilio's reference of the Message and the Call resource. */
async function twilio(event, api) {
  const { delivery_method, recipient, as_text } = event.notification;
  // A call needs a phone number, and there is none to call from.
  if (delivery_method === "voice") {
    api.notification.drop("Twilio has no number to call from");
    return;
  }
  const resource = "Messages.json";
  const message = { To: recipient, MessagingServiceSid: TWILIO.messagingService, Body: as_text };
  const url = `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(TWILIO.account)}/${resource}`;
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    Authorization: basic(TWILIO.account, event.secrets.TWILIO_AUTH_TOKEN),
  };
  await post(api, "Twilio", url, headers, new URLSearchParams(message).toString());
}

/** Gives up messages that no carrier was chosen for. */
async function nobody(event, api) {
  const { message_type, delivery_method } = event.notification;
  api.notification.drop(`no carrier was chosen for ${message_type} by ${delivery_method} to this number`);
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
