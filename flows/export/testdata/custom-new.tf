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
#
# Other Actions stay bound to custom-phone-provider. The plan names them by their bindings only, so
# the export adds one binding and takes none away.
#
# By hand, in the Dashboard, because no API does it: See that MFA uses the tenant-level provider (a
# switch in the Dashboard may be left to turn) (Security > Multi-factor Auth > Phone Message > Use
# Tenant-level Messaging Provider: on, Save).

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

variable "mfa_policy" {
  description = "When users are asked for MFA: never, all-applications or confidence-score. As the tenant has it (GET /guardian/policies): the plan does not change it."
  type        = string
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

resource "auth0_trigger_action" "custom_phone_provider" {
  trigger      = "custom-phone-provider"
  action_id    = auth0_action.custom_phone_provider.id
  display_name = "Phone gateway"
}

resource "auth0_phone_provider" "phone" {
  name     = "custom"
  disabled = false

  configuration {
    delivery_methods = ["text"]
  }

  credentials {}

  depends_on = [auth0_action.custom_phone_provider, auth0_trigger_action.custom_phone_provider]
}

# switch.tf

import {
  to = auth0_tenant.tenant
  id = "acme.us.auth0.com"
}

resource "auth0_tenant" "tenant" {
  phone_consolidated_experience = true

  depends_on = [auth0_phone_provider.phone, auth0_trigger_action.custom_phone_provider]
}

import {
  to = auth0_guardian.guardian
  id = "acme.us.auth0.com"
}

resource "auth0_guardian" "guardian" {
  policy = var.mfa_policy

  phone {
    enabled       = true
    message_types = ["sms"]
  }

  # The other factors are off by default in this resource. Without this line, those in use would be
  # turned off.
  lifecycle {
    ignore_changes = [policy, email, otp, recovery_code, duo, push, webauthn_platform, webauthn_roaming]
  }

  depends_on = [auth0_phone_provider.phone, auth0_tenant.tenant]
}
