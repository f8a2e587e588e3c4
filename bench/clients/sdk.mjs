// Auth0's SDK for Node.js does by hand what upe does by plan, on the emulated tenant passwordless-twilio: reads, makes and tests
// a phone provider, writes a template, turns the tenant flag on, moves a connection, and sets the MFA factors.
//
//   node sdk.mjs < LINE      LINE is what `upe emulate --tls` prints
//
// Every answer is checked; the first that is wrong ends it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ManagementClient } from "auth0";

const emulated = JSON.parse(readFileSync(0, "utf8"));
const domain = new URL(emulated.url).host;

// The SDK asks /oauth/token for the audience https://DOMAIN/api/v2/, as it does for a real tenant.
const auth0 = new ManagementClient({ domain, clientId: emulated.client_id, clientSecret: emulated.client_secret, maxRetries: 0 });

// refused runs a call that has to fail, and compares what the SDK makes of the answer.
async function refused(call, status, part) {
  await assert.rejects(call, (error) => {
    assert.equal(error.statusCode, status, String(error));
    assert.match(JSON.stringify(error.body), part);
    return true;
  });
}

// all collects every page of a list.
async function all(page) {
  const items = [];
  for await (const item of await page) items.push(item);
  return items;
}

const { phone } = auth0.branding;
const checks = {
  async "reads settings, whole and in part"() {
    const settings = await auth0.tenants.settings.get();
    assert.equal(settings.friendly_name, "Umbrella Rides");
    assert.equal(settings.phone_consolidated_experience, false);
    assert.deepEqual(await auth0.tenants.settings.get({ fields: "friendly_name", include_fields: true }), { friendly_name: "Umbrella Rides" });
  },

  async "reads factors, message types and legacy settings"() {
    const factors = await auth0.guardian.factors.list();
    assert.equal(factors.find(({ name }) => name === "sms").enabled, false);
    assert.deepEqual((await auth0.guardian.factors.phone.getMessageTypes()).message_types, []);
    assert.equal((await auth0.guardian.factors.phone.getSelectedProvider()).provider, "auth0");
    assert.deepEqual(await auth0.guardian.policies.list(), []);
  },

  async "pages connections by checkpoint, applications by number, logs both ways"() {
    const [connection] = await all(auth0.connections.list({ strategy: ["sms"], take: 1 }));
    assert.equal(connection.options.twilio_sid, "AC1b7e4d0a3c6f9258e1b4d7a0c3f69258");
    assert.equal((await all(auth0.clients.list({ per_page: 2, include_totals: true, fields: "name,client_id" }))).length, 3);
    assert.equal((await all(auth0.connections.clients.get(connection.id, { take: 2 }))).length, 3);
    assert.ok((await all(auth0.logs.list({ per_page: 1 }))).length > 0);
  },

  async "makes a provider, and may not make a second"() {
    const twilio = {
      name: "twilio",
      configuration: { sid: "AC1b7e4d0a3c6f9258e1b4d7a0c3f69258", default_from: "+15005550003", delivery_methods: ["text"] },
      credentials: { auth_token: "not-a-real-token-umbrella-000003" },
    };
    const made = await phone.providers.create(twilio);
    assert.match(made.id, /^pro_/);
    assert.equal(made.channel, "phone");
    assert.ok(!("credentials" in made) || made.credentials == null);
    await refused(() => phone.providers.create(twilio), 409, /already/);
    const { providers } = await phone.providers.list();
    assert.deepEqual(providers.map(({ id }) => id), [made.id]);
    const changed = await phone.providers.update(made.id, { configuration: { ...twilio.configuration, delivery_methods: ["text", "voice"] } });
    assert.deepEqual(changed.configuration.delivery_methods, ["text", "voice"]);
    assert.equal((await phone.providers.test(made.id, { to: "+15550001234", delivery_method: "text" })).code, 202);
  },

  async "writes a template and resets it"() {
    const body = { text: "{{ code }} is your Umbrella Rides code.", voice: "Your code is {{ code }}" };
    const made = await phone.templates.create({ type: "otp_verify", content: { syntax: "liquid", body } });
    assert.deepEqual((await phone.templates.get(made.id)).content.body, body);
    const { templates } = await phone.templates.list();
    assert.equal(templates.length, 4);
    assert.ok((await phone.templates.reset(made.id, {})).content.body.text.includes("verification code"));
    await phone.templates.delete(made.id);
  },

  async "makes an Action, deploys and binds it"() {
    const action = await auth0.actions.create({
      name: "Phone",
      supported_triggers: [{ id: "custom-phone-provider", version: "v1" }],
      code: "exports.onExecuteCustomPhoneProvider = async (event, api) => {};",
      secrets: [{ name: "TOKEN", value: "not-a-real-token" }],
    });
    for (let i = 0; (await auth0.actions.get(action.id)).status !== "built"; i++) {
      assert.ok(i < 100, "the Action is never built");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal((await auth0.actions.deploy(action.id)).number, 1);
    const bindings = [{ ref: { type: "action_id", value: action.id }, display_name: "Phone" }];
    assert.equal((await auth0.actions.triggers.bindings.updateMany("custom-phone-provider", { bindings })).bindings.length, 1);
    assert.equal((await all(auth0.actions.list({ triggerId: "custom-phone-provider", deployed: true }))).length, 1);
    assert.equal((await all(auth0.actions.versions.list(action.id))).length, 1);
    assert.ok((await auth0.actions.triggers.list()).triggers.some(({ id }) => id === "custom-phone-provider"));
    await refused(
      () => auth0.actions.create({ name: "Second", supported_triggers: [{ id: "custom-phone-provider", version: "v1" }] }),
      403, /actions_cardinality_custom_phone_provider_not_allowed/,
    );
  },

  async "turns the flag on, which closes the legacy settings"() {
    assert.equal((await auth0.tenants.settings.update({ phone_consolidated_experience: true })).phone_consolidated_experience, true);
    await refused(() => auth0.guardian.factors.phone.getSelectedProvider(), 403, /legacy_mfa_phone_provider_not_allowed/);
    await refused(() => auth0.guardian.factors.phone.getTwilioProvider(), 403, /Tenant Phone Settings/);
  },

  async "sets the factor and the message types that the provider carries"() {
    await auth0.guardian.factors.set("sms", { enabled: true });
    assert.deepEqual((await auth0.guardian.factors.phone.setMessageTypes({ message_types: ["sms", "voice"] })).message_types, ["sms", "voice"]);
    assert.deepEqual(await auth0.guardian.policies.set(["all-applications"]), ["all-applications"]);
  },

  async "moves a connection and keeps what the SDK has no name for"() {
    const [{ id, options }] = await all(auth0.connections.list({ strategy: ["sms"] }));
    const moved = await auth0.connections.update(id, { options: { ...options, use_phone_provider: true } });
    assert.equal(moved.options.use_phone_provider, true);
    assert.equal(moved.options.template, options.template);
    const [{ client_id }] = await all(auth0.clients.list());
    await auth0.connections.clients.update(id, [{ client_id, status: false }]);
    assert.equal((await all(auth0.connections.clients.get(id))).length, 2);
  },

  async "is refused what it may not, and what is not there"() {
    await refused(() => auth0.connections.get("con_none"), 404, /inexistent_connection/);
    await refused(() => auth0.tenants.settings.update({ unheard_of: 1 }), 400, /Additional properties not allowed: unheard_of/);
    await refused(() => auth0.users.get("auth0|1"), 501, /not emulated/);
    const strangers = new ManagementClient({ domain, token: "a.b.c", maxRetries: 0 });
    await refused(() => strangers.tenants.settings.get(), 401, /Invalid token/);
  },

  async "sees the rate limit on every answer"() {
    const { rawResponse } = await auth0.tenants.settings.get().withRawResponse();
    assert.ok(Number(rawResponse.headers.get("x-ratelimit-remaining")) > 0);
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(`ok    ${name}`);
}
