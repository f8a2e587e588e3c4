package emulator_test

import (
	"encoding/json"
	"errors"
	"testing"

	"upe/client/emulator"
	"upe/flows/tenant"
)

func TestPort(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-twilio"))
	flag := tenant.Call{Op: tenant.PatchSettings, Body: json.RawMessage(`{"phone_consolidated_experience":true}`)}
	reads, writes := p.Port(tenant.Permit{}), p.Port(tenant.Permit{Writes: []tenant.Call{flag}})

	who := tenant.Identity{
		Domain: "acme.us.auth0.com", Issuer: "https://acme.us.auth0.com/", Audience: "https://acme.us.auth0.com/api/v2/",
	}
	if p.Identity() != who {
		t.Errorf("identity %+v", p.Identity())
	}
	var refused *tenant.Error
	if _, err := reads.Do(t.Context(), flag); !errors.As(err, &refused) || refused.Class() != tenant.ClassRefusedLocal || len(p.Requests()) != 0 {
		t.Errorf("a write without a permit: %v", err)
	}
	snapshot, err := tenant.Read(t.Context(), who, reads, nil)
	if err != nil || snapshot.SelectedProvider() != "twilio" {
		t.Errorf("snapshot of %q: %v", snapshot.SelectedProvider(), err)
	}
	p.Inject(emulator.Fault{Match: string(tenant.PatchSettings), Kind: emulator.FaultLost})
	var lost *tenant.Error
	if _, err := writes.Do(t.Context(), flag); !errors.As(err, &lost) || !lost.Unknown() {
		t.Errorf("a lost answer: %v", err)
	}
	if _, err := reads.Do(t.Context(), tenant.Call{Op: tenant.GetMFATemplates}); !errors.As(err, &refused) || refused.Class() != tenant.ClassUnified {
		t.Errorf("a legacy read after the switch, which had been applied: %v", err)
	}
	empty := open(t, "").Port(tenant.Permit{})
	if body, err := empty.Do(t.Context(), tenant.Call{Op: tenant.GetMFATemplates}); body != nil || err != nil {
		t.Errorf("an empty answer is %q, %v", body, err)
	}
}
