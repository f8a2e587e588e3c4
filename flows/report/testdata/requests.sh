#!/bin/sh
# Plan for acme.us.auth0.com: every request, in order. It needs curl and jq;
# the lines that begin with "auth0 api" do the same with Auth0's command line
# tool, logged in to this tenant.
# It proves nothing and resumes nothing. Look at every answer before you go
# on; upe does the same and reads back what it wrote. jq before 1.7 rounds
# whole numbers beyond 2^53.
set -eu
base='https://acme.us.auth0.com/api/v2'
: "${AUTH0_API_TOKEN:?a Management API token}"
: "${UPE_ACTION_SECRETS_API_KEY:?}"
: "${UPE_TEST_TO:?}"
export UPE_ACTION_SECRETS_API_KEY UPE_TEST_TO
umask 077
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
printf 'header = "Authorization: Bearer %s"\nheader = "Content-Type: application/json"\nwrite-out = "\\n"\n' "$AUTH0_API_TOKEN" >"$settings"

pause() {
  printf '\n%s\nenter goes on, ctrl+c stops: ' "$1" >&2
  read -r _ </dev/tty
}

# A custom provider sends by this Action. It does not run before it is
# deployed.
pause '1 of 8 (switch): Create the custom-phone-provider Action'
body() {
  jq -n '{
    "code": "exports.onExecuteCustomPhoneProvider = async (event, api) => {};",
    "dependencies": [{
      "name": "axios",
      "version": "latest"
    }],
    "name": "Phone gateway",
    "runtime": "node22",
    "secrets": [{
      "name": "API_KEY",
      "value": env.UPE_ACTION_SECRETS_API_KEY
    }],
    "supported_triggers": [{
      "id": "custom-phone-provider",
      "version": "v1"
    }]
  }'
}
answer=$(body | curl -sS --fail-with-body -K "$settings" -X POST "$base"'/actions/actions' --data-binary @-)
# answer=$(body | auth0 api post 'actions/actions')
STEP_ACTION_ID=$(printf '%s' "$answer" | jq -r .id)
export STEP_ACTION_ID
# Then GET /actions/actions?triggerId=custom-phone-provider, where name is
# "Phone gateway" shows code is "exports.onExecuteCustomPhoneProvider = async
# (event, api) => {};" and dependencies is [{"name": "axios"}]:
curl -sS -K "$settings" "$base"'/actions/actions?triggerId=custom-phone-provider'
# Undo: delete the Action. In the Dashboard: Branding > Phone Provider: choose
# another provider, or none once no flow sends through it, Save; the Action
# stays, and nothing runs it

# It can be deployed once its status is built; this takes seconds.
pause '2 of 8 (switch): Wait until Auth0 has built the Action'
# Again and again, until GET /actions/actions/{id} shows status is "built":
curl -sS -K "$settings" "$base"'/actions/actions/'"$STEP_ACTION_ID"
# Undo: nothing to undo

# Auth0 refuses a custom provider without a deployed Action.
pause '3 of 8 (switch): Deploy the Action'
curl -sS --fail-with-body -K "$settings" -X POST "$base"'/actions/actions/'"$STEP_ACTION_ID"'/deploy'
# auth0 api post 'actions/actions/'"$STEP_ACTION_ID"'/deploy'
# Then it reads back in GET /actions/actions/{id}:
curl -sS -K "$settings" "$base"'/actions/actions/'"$STEP_ACTION_ID"
# Undo: deploy the former version, or delete the Action. In the Dashboard:
# Branding > Phone Provider: choose another provider, or none once no flow
# sends through it, Save; the Action stays, and nothing runs it

# Auth0's pages disagree on whether this is needed; it does no harm, and the
# test message shows that it works.
pause '4 of 8 (switch): Bind the Action to the custom-phone-provider trigger'
body() {
  jq -n '{
    "bindings": [{
      "display_name": "Phone gateway",
      "ref": {
        "type": "action_id",
        "value": env.STEP_ACTION_ID
      }
    }]
  }'
}
body | curl -sS --fail-with-body -K "$settings" -X PATCH "$base"'/actions/triggers/custom-phone-provider/bindings' --data-binary @-
# body | auth0 api patch 'actions/triggers/custom-phone-provider/bindings'
# Then GET /actions/triggers/custom-phone-provider/bindings shows one, where
# action.id is $from action#/id:
curl -sS -K "$settings" "$base"'/actions/triggers/custom-phone-provider/bindings'
# Undo: put the former list of bindings back. In the Dashboard: nothing to
# click: the Dashboard keeps this binding with the Action, which runs only
# while a custom provider is chosen

# It is Twilio now. The new way cannot be tested before: a test would go the
# old one. Its present AuthToken is replaced and cannot be read back: have it
# in hand before you go on, because going back needs it. Messages are sent
# through this provider now, so this can reach users at once.
pause '5 of 8 (switch): Update the tenant-level provider (custom)'
body() {
  jq -n '{
    "configuration": {
      "delivery_methods": ["text"]
    },
    "credentials": {},
    "disabled": false,
    "name": "custom"
  }'
}
body | curl -sS --fail-with-body -K "$settings" -X PATCH "$base"'/branding/phone/providers/pro_1' --data-binary @-
# body | auth0 api patch 'branding/phone/providers/pro_1'
# Then it reads back in GET /branding/phone/providers, where id is "pro_1":
curl -sS -K "$settings" "$base"'/branding/phone/providers'
# Undo: put the provider's former configuration back; its credentials must be
# entered again. In the Dashboard: Branding > Phone Provider: choose Twilio,
# put the former settings back, enter its former AuthToken, Save

# Auth0's answer only says that it accepted the message. A person says whether
# it arrived. It goes as a verification code of no connection. It does not
# prove codes of the Passwordless connection "a": these are proven by the
# trial of the Action and in rehearsal only.
pause '6 of 8 (switch): Send a test message (SMS)'
body() {
  jq -n '{
    "delivery_method": "text",
    "to": env.UPE_TEST_TO
  }'
}
body | curl -sS --fail-with-body -K "$settings" -X POST "$base"'/branding/phone/providers/pro_1/try' --data-binary @-
# body | auth0 api post 'branding/phone/providers/pro_1/try'
# Undo: nothing to undo: it sends one message

# From now on its codes travel through the tenant-level provider. Its own
# settings stay as they are: Auth0 replaces all options at once, so they are
# read first and sent back with this one more.
pause '7 of 8 (switch): Switch the connection "a" to the tenant-level provider'
body() {
  before=$(curl -sS --fail-with-body -K "$settings" "$base"'/connections/con_a') || return
  printf '%s' "$before" | jq '{"options": .["options"]} * {
    "options": {
      "use_phone_provider": true
    }
  }'
}
body | curl -sS --fail-with-body -K "$settings" -X PATCH "$base"'/connections/con_a' --data-binary @-
# body | auth0 api patch 'connections/con_a'
# Then it reads back in GET /connections/con_a:
curl -sS -K "$settings" "$base"'/connections/con_a'
# Undo: send the former options back without use_phone_provider. In the
# Dashboard: Authentication > Passwordless > SMS > Use Tenant-level Messaging
# Provider: off, Save

# /passwordless/start answered it when the gateway failed. With the
# tenant-level provider it does not; tenant logs tell. It concerns the
# applications of "a".
pause '8 of 8 (after): Review applications that rely on the error sms_provider_error'
# By hand: in your own applications; Monitoring > Logs shows failures
# Undo: nothing to undo
