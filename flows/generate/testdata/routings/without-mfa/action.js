/**
 * Sends each phone message by the carrier that it belongs to: see ROUTES.
 *
 * Which carrier sends login codes that name no connection? Login codes without a connection go as those of
 * Passwordless (riders) do, whatever flow they are from.
 *
 * Which carrier sends notices that are no codes? Notices go as the codes of Passwordless (sms) do.
 */

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
  { name: "all other codes", types: ["otp_verify", "otp_enroll"], send: gatewayRiders },
  { name: "notices", types: ["blocked_account", "change_password", "password_breach"], send: gatewaySms },
];

// The SMS gateway of the connection "sms".
const GATEWAY_SMS = {
  url: "https://sms.acme.example/send",
  sender: "ACME",
};

// The SMS gateway of the connection "riders".
const GATEWAY_RIDERS = {
  url: "https://texts.kitewind.example/auth0",
  sender: "ACME",
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
  const headers = { "Content-Type": "application/json" };
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
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ recipient, body: as_text, sender: GATEWAY_RIDERS.sender });
  await post(api, "the SMS gateway of riders", GATEWAY_RIDERS.url, headers, body);
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
