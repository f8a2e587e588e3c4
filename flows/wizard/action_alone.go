package wizard

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"upe/flows/generate"
	"upe/flows/proof"
	"upe/flows/tenant"
	"upe/flows/translate"
)

// ErrNothingToMake is inside the error of [MakeToday] for a tenant where nothing sends that needs an Action.
var ErrNothingToMake = errors.New("there is nothing to make an Action from")

// ErrWhichDelivers is inside the error of [MakeToday] for a tenant with several Actions for MFA messages, whose names it gives.
var ErrWhichDelivers = errors.New("several Actions run for each MFA message, and somebody has to say which one delivers")

// ErrNoSuchAnswer is inside the error of [MakeToday] for an answer that is not among the choices, which it names.
var ErrNoSuchAnswer = generate.ErrAnswer

// TranslateFile makes an Action from the code of an older one alone, and proves it. Decisions may be open: the code is under the careful
// reading then, and may not be deployed. The error of code that cannot be translated is [ErrRefused], beside what was found out.
func TranslateFile(ctx context.Context, code string, o translate.Options) (Made, error) {
	source := translate.Source{Code: code}
	made, err := translation(ctx, source, o)
	if err != nil || made.Style == translate.None {
		return made, err
	}
	today := proof.Legacy(source) //nolint:contextcheck // it reads the code when it is run, which bounds its own time
	return made, made.proven(ctx, []proof.Flow{{Name: "MFA", Old: today}})
}

// MakeToday makes the Action that the conversation would offer where everything moves that can, from what sends today, and proves it.
// filled may say otherwise, as an answers file does. Decisions may be open, as in [TranslateFile].
func MakeToday(ctx context.Context, known Known, filled Answers) (Made, error) {
	fit, err := known.fitting(filled)
	if err != nil {
		return Made{}, err
	}
	c := conversation{known: &known, answers: fit}
	c.moveAll()
	if err := c.readOld(ctx, Host{}, nil, func(change func(Known) Known) { known = change(known) }); err != nil {
		return Made{}, err
	}
	if bound := c.boundActions(); len(bound) > 1 && c.oldAction() == nil && c.text(keyDelivers) != nobody {
		return Made{}, fmt.Errorf("%w: %s", ErrWhichDelivers, strings.Join(c.boundNames(), ", "))
	}
	if err := c.chooseSource(); err != nil {
		return Made{}, err
	}
	made, err := c.makeOf(ctx)
	if err == nil {
		err = c.checkAnswers(made.Decisions)
	}
	if err != nil || made.Style == translate.None {
		return made, err
	}
	return made, made.proven(ctx, c.flowsToday()) //nolint:contextcheck // as in prove
}

// boundNames are the Actions that run for MFA messages, each with what it does.
func (c conversation) boundNames() []string {
	var names []string
	for _, a := range c.boundActions() {
		names = append(names, fmt.Sprintf("%q (%s)", a.Name, c.known.Old[a.ID].Reading.Class))
	}
	return names
}

// moveAll answers the scope, where nobody has.
func (c conversation) moveAll() {
	c.answers[keyProvider] = tenant.KindCustom
	if _, answered := c.answers[keyScopeMFA]; !answered && c.movableMFA() {
		c.answers[keyScopeMFA] = move
	}
	for _, s := range c.movable() {
		if key := keyConnection(s.ID); c.answers[key] == nil {
			c.answers[key] = move
		}
	}
}

// chooseSource takes what sends today, the first that can be taken.
func (c conversation) chooseSource() error {
	options := c.makingOptions()
	if len(options) == 0 {
		return fmt.Errorf("%w: neither an Action nor an SMS gateway sends today, nor do carriers differ", ErrNothingToMake)
	}
	var why, offered []string
	for _, source := range []string{sourceRoute, sourceTranslate, sourceGateway} {
		for _, o := range options {
			if o.Value == source {
				offered = append(offered, source)
			}
			switch chosen := c.text(keySource); {
			case o.Value != source, chosen != "" && chosen != source:
			case o.Disabled != "":
				why = append(why, strings.ToLower(o.Label[:1])+o.Label[1:]+": "+o.Disabled)
			default:
				c.answers[keySource] = source
				return nil
			}
		}
	}
	if len(why) == 0 {
		wrong := ErrNoSuchAnswer
		if c.makes() {
			wrong = ErrNothingToMake
		}
		return fmt.Errorf("%w: %s: %q is not what sends today, which is %s", wrong, keySource, c.text(keySource), strings.Join(offered, ", "))
	}
	return fmt.Errorf("%w: %s", ErrRefused, strings.Join(why, "; "))
}
