# versions.tf

# Made by upe from plan.json, for the tenant acme.us.auth0.com.
#
# Terraform has no test message between preparing and switching, and knows nothing of a user's codes.
# Let upe carry the plan out, then apply these files: they take over what is there. Who applies them
# instead applies prepare.tf first, without switch.tf, sends a test message, and adds switch.tf only
# then.
#
# Where your code has such a resource already, put these attributes into yours, and leave the one here
# and its import block out: there is one tenant, one guardian, one phone provider. In auth0_guardian
# remove provider and options from the phone block: with the Unified Phone Experience they are an
# error.
#
# Values of sensitive variables are stored in Terraform's state as they are. A text is compared in
# Unicode's normal form C.

terraform {
  required_version = ">= 1.5"

  required_providers {
    auth0 = {
      source  = "auth0/auth0"
      version = ">= 1.49.0"
    }
  }
}

# variables.tf

variable "action_secrets_api_key" {
  description = "The secret that upe calls action.secrets.API_KEY"
  type        = string
  sensitive   = true
}

# prepare.tf

resource "auth0_action" "custom_phone_provider" {
  name    = "Phone gateway"
  runtime = "node22"
  deploy  = true
  code    = "exports.onExecuteCustomPhoneProvider = async (event, api) => {};"

  supported_triggers {
    id      = "custom-phone-provider"
    version = "v1"
  }

  dependencies {
    name    = "axios"
    version = "latest"
  }

  secrets {
    name  = "API_KEY"
    value = var.action_secrets_api_key
  }
}

import {
  to = auth0_trigger_actions.custom_phone_provider
  id = "custom-phone-provider"
}

resource "auth0_trigger_actions" "custom_phone_provider" {
  trigger = "custom-phone-provider"

  actions {
    id           = auth0_action.custom_phone_provider.id
    display_name = "Phone gateway"
  }
}

import {
  to = auth0_phone_provider.phone
  id = "pro_1"
}

resource "auth0_phone_provider" "phone" {
  name     = "custom"
  disabled = false

  configuration {
    delivery_methods = ["text"]
  }

  credentials {}

  depends_on = [auth0_action.custom_phone_provider, auth0_trigger_actions.custom_phone_provider]
}

# switch.tf

import {
  to = auth0_connection.sms_a
  id = "con_a"
}

# Terraform cannot write options.use_phone_provider (terraform-provider-auth0 issue #1549, a user's
# report), and a write by it replaces options whole: the codes of this connection would take their old
# way again. So it is written by upe or the API alone, and Terraform only knows of it.
resource "auth0_connection" "sms_a" {
  name     = "a"
  strategy = "sms"

  lifecycle {
    ignore_changes = all
  }

  depends_on = [auth0_phone_provider.phone]
}
