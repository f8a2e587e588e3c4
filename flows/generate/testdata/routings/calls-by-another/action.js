/**
 * Sends each phone message by the carrier that it belongs to: see ROUTES.
 *
 * Which version of the module "axios" do all parts use? Parts that were written for another version have to be
 * tried.
 *
 * Which carrier sends notices that are no codes? Notices go as the codes of MFA do.
 *
 * Secrets: ACTION_SEND_OVER_BMCE_API_KEY, the secret "API_KEY" of the Action "Send over Bmce"; API_KEY, the
 * secret "API_KEY" of the Action "Send over Acme"; TWILIO_AUTH_TOKEN, the auth token of the Twilio account
 * "AC11111111111111111111111111111111".
 */

// Who sends what. The first route that fits a message sends it.
const ROUTES = [
  { name: "MFA", types: ["otp_verify"], methods: ["text"], send: actionSendOverAcme },
  { name: "MFA", types: ["otp_enroll"], methods: ["text"], send: actionSendOverBmce },
  { name: "MFA", types: ["otp_verify", "otp_enroll"], methods: ["voice"], send: twilio },
  {
    name: "notices",
    types: ["blocked_account", "change_password", "password_breach"],
    methods: ["text"],
    send: actionSendOverAcme,
  },
  {
    name: "notices",
    types: ["blocked_account", "change_password", "password_breach"],
    methods: ["voice"],
    send: twilio,
  },
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
  return (
    allows(route.types, event.notification.message_type) &&
    allows(route.methods, event.notification.delivery_method)
  );
}

function allows(list, value) {
  return !list || list.includes(value);
}

/** Hands a message to the Action "Send over Acme". */
async function actionSendOverAcme(event, api) {
  await ACTION_SEND_OVER_ACME(event, api);
}

const ACTION_SEND_OVER_ACME = handlerOf(function (module, exports) {
const greeting = "hello";
const send = async (url, body) => fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
const exports2 = exports; // names may be the same as those around
exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const response = await send("https://api.acme-sms.example/messages", { to: event.notification.recipient, text: event.notification.as_text, key: event.secrets.API_KEY });
  if (!response.ok) api.notification.retry(greeting);
};
});

/** Hands a message to the Action "Send over Bmce". */
async function actionSendOverBmce(event, api) {
  // Another part has secrets of the same names, so that these have other names here.
  const secrets = { ...event.secrets, API_KEY: event.secrets.ACTION_SEND_OVER_BMCE_API_KEY };
  await ACTION_SEND_OVER_BMCE({ ...event, secrets }, api);
}

const ACTION_SEND_OVER_BMCE = handlerOf(function (module, exports) {
const greeting = "hello";
const send = async (url, body) => fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const response = await send("https://api.bmce-sms.example/messages", { to: event.notification.recipient, text: event.notification.as_text, key: event.secrets.API_KEY });
  if (!response.ok) api.notification.retry(greeting);
};
});

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

/** Runs the code of another Action in a scope of its own, so that its names meet no others, and answers its handler. */
function handlerOf(code) {
  const module = { exports: {} };
  code.call(module.exports, module, module.exports);
  return module.exports.onExecuteCustomPhoneProvider;
}
