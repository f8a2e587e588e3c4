// Auth0's Deploy CLI exports an emulated tenant, mfa-action, and imports it again with changes, twice: once to make things, once
// to change them. What it made is read from the emulator.
//
//   node deploy.mjs FOLDER < LINE      LINE is what `upe emulate --tls` prints, FOLDER is where the export goes
//
// Every result is checked; the first that is wrong ends it.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deploy, dump } from "auth0-deploy-cli";

const emulated = JSON.parse(readFileSync(0, "utf8"));
const folder = process.argv[2];
const config = {
  AUTH0_DOMAIN: new URL(emulated.url).host,
  AUTH0_CLIENT_ID: emulated.client_id,
  AUTH0_CLIENT_SECRET: emulated.client_secret,
  AUTH0_ALLOW_DELETE: false,
  AUTH0_API_MAX_RETRIES: 1,
  // What the emulator knows. Asked for anything else it answers 501, which ends an export of some types and not of others.
  AUTH0_INCLUDED_ONLY: [
    "tenant", "actions", "triggers", "connections", "databases", "phoneProviders", "phoneTemplates", "guardianFactors",
    "guardianFactorProviders", "guardianFactorTemplates", "guardianPhoneFactorMessageTypes", "guardianPhoneFactorSelectedProvider",
    "guardianPolicies",
  ],
};

const exportTenant = () => dump({ output_folder: folder, format: "directory", config });
const importTenant = () => deploy({ input_file: folder, config });

const read = (...path) => JSON.parse(readFileSync(join(folder, ...path), "utf8"));
function write(value, ...path) {
  mkdirSync(join(folder, ...path.slice(0, -1)), { recursive: true });
  writeFileSync(join(folder, ...path), typeof value === "string" ? value : JSON.stringify(value, null, 2));
}

// emulator asks one of the emulator's own paths, which need no token.
async function emulator(path) {
  const answer = await fetch(`${emulated.url}/emulator/${path}`);
  assert.equal(answer.status, 200);
  return answer.json();
}

const named = (list, name) => list.find((item) => item.name === name);

await exportTenant();
assert.equal(read("tenant.json").friendly_name, "Initech");
assert.equal(read("guardian", "phoneFactorSelectedProvider.json").provider, "phone-message-hook");
assert.deepEqual(read("actions", "Acme SMS Gateway.json").supported_triggers, [{ id: "send-phone-message", version: "v2" }]);
assert.equal(read("phone-templates", "otp_verify.json").type, "otp_verify");
console.log("ok    exports a tenant");

const sms = {
  name: "sms", strategy: "sms", enabled_clients: [],
  options: { name: "sms", provider: "sms_gateway", gateway_url: "https://sms.example/send", from: "INITECH", template: "{{ code }}", syntax: "liquid", use_phone_provider: true },
};
write({ ...read("tenant.json"), friendly_name: "Initech Ltd" }, "tenant.json");
write(sms, "connections", "sms.json");
write({ ...read("guardian", "factors", "sms.json"), enabled: true }, "guardian", "factors", "sms.json");
write({ message_types: ["sms", "voice"] }, "guardian", "phoneFactorMessageTypes.json");
write({ policies: ["all-applications"] }, "guardian", "policies.json");
write([{
  name: "twilio", disabled: false, credentials: { auth_token: "not-a-real-token" },
  configuration: { sid: "AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7", default_from: "+15005550006", delivery_methods: ["text", "voice"] },
}], "phone-providers", "provider.json");
const verify = read("phone-templates", "otp_verify.json");
verify.content.body.text = "{{ code }} for Initech";
write(verify, "phone-templates", "otp_verify.json");
write("exports.onExecuteCustomPhoneProvider = async (event, api) => {};", "actions", "Phone", "code.js");
write({
  name: "Phone", code: "./actions/Phone/code.js", runtime: "node22", dependencies: [], secrets: [{ name: "TOKEN", value: "not-a-real-token" }],
  supported_triggers: [{ id: "custom-phone-provider", version: "v1" }], deployed: true,
}, "actions", "Phone.json");
await importTenant();
let state = await emulator("state");
assert.equal(state.settings.friendly_name, "Initech Ltd");
assert.deepEqual(state.guardian.message_types, ["sms", "voice"]);
assert.deepEqual(state.guardian.policies, ["all-applications"]);
assert.equal(state.guardian.factors.sms, true);
assert.equal(state.phone_providers.length, 1);
assert.equal(state.phone_providers[0].configuration.default_from, "+15005550006");
assert.equal(state.phone_templates.find(({ type }) => type === "otp_verify").content.body.text, "{{ code }} for Initech");
assert.equal(named(state.connections, "sms").options.use_phone_provider, true);
assert.equal(named(state.actions, "Phone").all_changes_deployed, true);
assert.equal(named(state.actions, "Phone").status, "built");
console.log("ok    imports what was not there");

const [provider] = read("phone-providers", "provider.json");
provider.configuration.delivery_methods = ["text"];
write([provider], "phone-providers", "provider.json");
write({ message_types: ["sms"] }, "guardian", "phoneFactorMessageTypes.json");
write({ ...sms, options: { ...sms.options, from: "INITECH2" } }, "connections", "sms.json");
verify.content.body.text = "{{ code }} for Initech Ltd";
write(verify, "phone-templates", "otp_verify.json");
write("exports.onExecuteCustomPhoneProvider = async (event, api) => {}; // 2", "actions", "Phone", "code.js");
await importTenant();
state = await emulator("state");
assert.deepEqual(state.phone_providers[0].configuration.delivery_methods, ["text"]);
assert.deepEqual(state.guardian.message_types, ["sms"]);
assert.equal(named(state.connections, "sms").options.from, "INITECH2");
assert.equal(named(state.connections, "sms").options.use_phone_provider, true);
assert.equal(state.phone_templates.find(({ type }) => type === "otp_verify").content.body.text, "{{ code }} for Initech Ltd");
assert.match(named(state.actions, "Phone").deployed_version.code, /\/\/ 2$/);
assert.equal(state.actions.length, 2);
console.log("ok    imports changes");

await exportTenant();
assert.equal(read("connections", "sms.json").options.from, "INITECH2");
assert.deepEqual(read("guardian", "phoneFactorMessageTypes.json").message_types, ["sms"]);
console.log("ok    exports what it made");

// A draft that is still being built is refused with 400, which the Deploy CLI knows and waits for.
const building = ({ method, path, status }) => method === "POST" && path.endsWith("/deploy") && status === 400;
const refused = (await emulator("requests")).filter((request) => request.status >= 400 && !building(request));
assert.deepEqual(refused, [], "the Deploy CLI was refused something");
console.log("ok    was refused nothing");
