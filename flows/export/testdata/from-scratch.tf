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

variable "twilio_auth_token" {
  description = "The secret that upe calls twilio.auth_token"
  type        = string
  sensitive   = true
}

variable "mfa_policy" {
  description = "When users are asked for MFA: never, all-applications or confidence-score. As the tenant has it (GET /guardian/policies): the plan does not change it."
  type        = string
}

# prepare.tf

resource "auth0_phone_provider" "phone" {
  name     = "twilio"
  disabled = false

  configuration {
    delivery_methods = ["text"]
    sid              = "AC00000000000000000000000000000001"
    default_from     = "+15005550006"
  }

  credentials {
    auth_token = var.twilio_auth_token
  }
}

# switch.tf

import {
  to = auth0_tenant.tenant
  id = "acme.us.auth0.com"
}

resource "auth0_tenant" "tenant" {
  phone_consolidated_experience = true

  depends_on = [auth0_phone_provider.phone]
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

# Terraform cannot write options.use_phone_provider (terraform-provider-auth0 issue #1549, a user's
# report), and a write by it replaces options whole: the codes of this connection would take their old
# way again. So it is written by upe or the API alone, and Terraform only knows of it.
# It is not there yet. Made by Terraform it would send through nobody: let upe make it, and export the
# run.
resource "auth0_connection" "sms_sms" {
  name     = "sms"
  strategy = "sms"

  lifecycle {
    ignore_changes = all
  }

  depends_on = [auth0_phone_provider.phone]
}

resource "auth0_connection_client" "client_app1" {
  connection_id = auth0_connection.sms_sms.id
  client_id     = "app1"
}

resource "auth0_connection_client" "client_app2" {
  connection_id = auth0_connection.sms_sms.id
  client_id     = "app2"
}
