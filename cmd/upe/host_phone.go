package main

import (
	"context"
	"strings"
	"sync"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/wizard"
)

// phoneOf is the handset of the embedded tenant's users, with what would have brought each message before the migration.
type phoneOf struct {
	mu     sync.Mutex
	before *emulator.Tenant // the tenant as it was when it was read first
	shown  []wizard.Message // those that are known already: messages come, and never go
}

// keep remembers the tenant as it is, once.
func (p *phoneOf) keep(t *emulator.Tenant) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.before == nil && t != nil {
		p.before = t.Copy()
	}
}

func (p *phoneOf) messages(ctx context.Context, t *emulator.Tenant) []wizard.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := t.Handset()
	for _, m := range all[len(p.shown):] {
		p.shown = append(p.shown, p.compared(ctx, m))
	}
	return append([]wizard.Message(nil), p.shown...)
}

// compared asks the tenant as it was for the same message.
func (p *phoneOf) compared(ctx context.Context, m emulator.Message) wizard.Message {
	out := wizard.Message{At: m.At, To: m.To, From: m.From, Channel: m.Channel, Text: m.Text, Via: m.Via, Sent: sent(m)}
	if p.before == nil || m.Asked.Flow == "" {
		return out
	}
	then := p.before.Copy()
	if then.Deliver(ctx, m.Asked).Delivered {
		was := then.Handset()[0]
		out.Before, out.Changed = sent(was), strings.Join(oracle.Differences(was.Requests, m.Requests), ", ")
	}
	return out
}

func sent(m emulator.Message) wizard.Sent {
	by := m.Brought()
	return wizard.Sent{Method: by.Method, URL: by.URL, Header: by.Header(), Body: by.Body}
}
