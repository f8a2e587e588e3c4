package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/action"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// codes are the codes that the provider will send when everything that was chosen has moved: of MFA and of Phone as ID by these
// delivery methods, and of Passwordless connections, which know SMS only.
func (c conversation) codes(mfa, phoneID []string) []action.Message {
	var all []action.Message
	if now := c.judged().MFA; c.movesMFA() || now.InUse && now.Via != judge.Legacy {
		all = append(all, action.MFAMessages(mfa...)...)
	}
	for _, name := range c.judged().PhoneID {
		all = append(all, action.PhoneIDMessages(name, phoneID...)...)
	}
	for _, s := range c.judged().SMS {
		if s.Via != judge.Tenant && c.text(keyConnection(s.ID)) == move || s.InUse && s.Via != judge.Legacy {
			all = append(all, action.PasswordlessMessage(s.ID, s.Name))
		}
	}
	if n := c.newConnection(); n != nil {
		all = append(all, action.PasswordlessMessage("con_new", n.Name))
	}
	return all
}

// codesNow are those of the codes whose users get them by this delivery method today, and of every connection.
func (c conversation) codesNow() []action.Message {
	var mfa []string
	for _, route := range c.judged().Baseline() {
		switch {
		case route.Flow == judge.MFA && route.Channel == "voice":
			mfa = append(mfa, "voice")
		case route.Flow == judge.MFA:
			mfa = append(mfa, "text")
		}
	}
	return c.codes(mfa, []string{"text"})
}

// codesAlong are the codes of connections that stay, which Auth0's tenant flag may move along with MFA: whether it does is not
// documented.
func (c conversation) codesAlong() []action.Message {
	if unified := c.judged().Unified; !c.movesMFA() || unified != nil && *unified {
		return nil
	}
	var all []action.Message
	for _, s := range c.judged().SMS {
		if s.InUse && s.Via == judge.Legacy && c.text(keyConnection(s.ID)) != move {
			all = append(all, action.PasswordlessMessage(s.ID, s.Name))
		}
	}
	return all
}

func among(list []action.Message) func(action.Message) bool {
	return func(m action.Message) bool {
		return slices.ContainsFunc(list, func(one action.Message) bool { return one.String() == m.String() })
	}
}

// try runs an Action for every code that will go through it. One that loses a code which users get today is refused; which other
// codes there will be is known once the delivery methods are chosen, see [conversation.losesBy].
func (c conversation) try(ctx context.Context, host Host, code string, update func(func(Known) Known)) error {
	if err := withinLimits(&plan.Action{Code: code, Secrets: action.Secrets(code)}); err != nil {
		return err
	}
	trial, err := c.tried(ctx, code)
	if err != nil {
		return err
	}
	noteTrial(host, trial)
	update(func(k Known) Known { k.Trial = &trial; return k })
	return nil
}

func (c conversation) tried(ctx context.Context, code string) (action.Trial, error) {
	both, test, along := []string{"text", "voice"}, []action.Message{action.TestMessage()}, c.codesAlong()
	trial, err := action.Try(ctx, code, slices.Concat(c.codes(both, both), test, along)...)
	if err != nil {
		return action.Trial{}, err
	}
	if err := trial.Loses(among(c.codesNow())); err != nil {
		return action.Trial{}, fmt.Errorf("%w. Change its code, or choose another Action", err)
	}
	trial.Notes = append(trial.Notes, alsoLost(trial, test, along)...)
	return trial, nil
}

// noteTrial says what the page would have shown, for those who see none.
func noteTrial(host Host, trial action.Trial) {
	if host.Note == nil {
		return
	}
	for _, note := range trial.Notes {
		host.Note("the Action: " + note)
	}
}

// alsoLost says what an Action loses of what it may never be asked for: of the test message, and of what stays.
func alsoLost(trial action.Trial, test, along []action.Message) []string {
	var all []string
	if err := trial.Loses(among(test)); err != nil {
		all = append(all, "a test message names no connection, so that it cannot prove this Action: "+err.Error())
	}
	if err := trial.Loses(among(along)); err != nil {
		all = append(all, "should Auth0's tenant flag move what stays as well, which is not documented, "+err.Error())
	}
	return all
}

func (c conversation) tryFile(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
	path, _ := given[keyFile].(string)
	code, err := host.ReadFile(strings.TrimSpace(path))
	if err != nil {
		return err
	}
	return c.try(ctx, host, string(code), update)
}

// losesBy says which codes the Action would lose if the provider had these delivery methods, or nil.
func (c conversation) losesBy(methods []string) error {
	trial := c.trial()
	if c.text(keyProvider) != tenant.KindCustom || trial == nil {
		return nil
	}
	if err := trial.Loses(among(c.codes(methods, methods))); err != nil {
		return fmt.Errorf("%w. Choose other delivery methods, or go back and change the Action", err)
	}
	return nil
}
