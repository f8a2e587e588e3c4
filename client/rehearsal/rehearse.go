package rehearsal

import (
	"context"
	"fmt"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// Options say what is rehearsed. Snapshot and Plan are required.
type Options struct {
	Snapshot tenant.Snapshot // of the tenant that the plan was made for; redacted ones will do
	Plan     plan.Plan
	Worlds   []string       // nil: every one
	Start    time.Time      // when the rehearsal takes place, by the clocks of the copies
	Progress func(done int) // called with how many worlds are done, by one goroutine at a time; may be nil
}

// Rehearse carries a plan out on copies of its tenant, see the package. An error means that there was no rehearsal: the snapshot
// cannot be copied, or ctx has ended. What went wrong in a rehearsal is in its result.
func Rehearse(ctx context.Context, o Options) (Rehearsal, error) {
	if len(o.Worlds) == 0 {
		o.Worlds = emulator.Worlds()
	}
	worlds, shows := make([]World, len(o.Worlds)), make([]*show, len(o.Worlds))
	group, ctx := errgroup.WithContext(ctx)
	done := make(chan struct{}, len(o.Worlds))
	for i, name := range o.Worlds {
		group.Go(func() error {
			var err error
			if shows[i], err = play(ctx, o, name); err != nil {
				return fmt.Errorf("rehearse in the world %s: %w", name, err)
			}
			worlds[i] = shows[i].world
			done <- struct{}{}
			return context.Cause(ctx)
		})
	}
	group.Go(func() error { return count(ctx, done, len(o.Worlds), o.Progress) })
	if err := group.Wait(); err != nil {
		return Rehearsal{}, err
	}
	return sum(o.Plan, worlds, shows), nil
}

// count tells of every world that is done.
func count(ctx context.Context, done <-chan struct{}, all int, tell func(int)) error {
	for n := 1; n <= all; n++ {
		select {
		case <-done:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		if tell != nil {
			tell(n)
		}
	}
	return nil
}

// stage is a copy of the tenant in one world, with what every pass on it shares.
type stage struct {
	world   string
	file    []byte
	clock   *clock
	secrets oracle.Secrets
	account string   // the Twilio account of the plan's provider
	hidden  []string // what must not be printed: the secrets of the snapshot
}

// open makes the copy.
func (s *stage) open() (*emulator.Tenant, error) {
	t, err := emulator.New(emulator.Options{File: s.file, Now: s.clock.now})
	if err != nil {
		return nil, fmt.Errorf("copy the tenant: %w", err)
	}
	return t, nil
}

func newStage(o Options, world string) (*stage, error) {
	s := &stage{world: world, clock: &clock{start: o.Start}, account: account(o.Plan)}
	for _, path := range o.Snapshot.Paths() {
		s.hidden = append(s.hidden, tenant.Secrets(o.Snapshot.Parts[path].Raw)...)
	}
	var err error
	if s.file, err = file(o.Snapshot, world); err != nil {
		return nil, err
	}
	s.secrets, err = oracle.SecretsOf(s.file)
	return s, err
}

// secret is what a person would enter: the copy's own secrets, and made-up ones for what the copy does not have.
func (s *stage) secret(name string) (string, error) {
	if own := s.secrets.Named(name, s.account); own != "" {
		return own, nil
	}
	if name == plan.SecretTwilioToken {
		return madeUp(ofAccount(s.account)), nil
	}
	for _, prefix := range [...]string{"former.action.secrets.", "action.secrets."} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return madeUp(rest), nil
		}
	}
	return madeUp(name), nil
}

// clean takes secrets out of a reason: an Action may have thrown one that stands in its code.
func (s *stage) clean(text string) string {
	for _, secret := range s.hidden {
		text = tenant.Scrub(text, secret)
	}
	return text
}
