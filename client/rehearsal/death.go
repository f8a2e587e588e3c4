package rehearsal

import (
	"context"
	"encoding/json"
	"slices"

	"upe/client/emulator"
	"upe/flows/tenant"
)

// death is a moment in which a process ended in the middle of a write: the tenant and the journal are all that is left of it.
type death struct {
	tenant  *emulator.Tenant
	journal []byte
	step    string
	flags   []string
	sent    bool // Auth0 has the write; nobody has its answer
}

// mortal is the API of a process that may end at any write.
type mortal struct {
	tenant.API
	pass *pass
}

// Do implements [tenant.API].
func (m mortal) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	if !call.Op.Writes() {
		return m.API.Do(ctx, call)
	}
	m.pass.remember(false)
	answer, err := m.API.Do(ctx, call)
	if err == nil {
		m.pass.remember(true) // of a write that was refused nothing is left
	}
	return answer, err
}

// remember keeps what a process would leave behind that ended now.
func (a *pass) remember(sent bool) {
	if !a.keep {
		return
	}
	journal, err := a.log.Read()
	if err != nil {
		return // a journal in memory can always be read
	}
	a.deaths = append(a.deaths, death{
		tenant: a.tenant.Copy(), journal: journal, step: a.doing, flags: slices.Clone(a.flags), sent: sent,
	})
}

// revive is a pass that goes on where a process has died: another process, with the same journal.
func (a *pass) revive(d death) *pass {
	t := d.tenant.Copy()
	revived := a.stage.begin(a.plan, t, a.witness.On(t), d.journal)
	revived.flags, revived.doing = slices.Clone(d.flags), d.step
	revived.witness.Step(d.step)
	revived.witness.Look(d.step)
	return revived
}
