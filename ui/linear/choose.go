package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// openOptions are those that can be chosen.
func openOptions(q wizard.Question) []wizard.Option {
	return slices.DeleteFunc(slices.Clone(q.Options), func(o wizard.Option) bool { return o.Disabled != "" })
}

// number prints the options that can be chosen with numbers, each with what it alone comes to, and the others with the reason.
func (f *front) number(q wizard.Question, open []wizard.Option, own [][]item) {
	for i, o := range open {
		f.say(fmt.Sprintf("  %d. %s", i+1, described(o)))
		if own != nil {
			f.sayOwn(i, own)
		}
	}
	for _, o := range q.Options {
		if o.Disabled != "" {
			f.say(fmt.Sprintf("  Not available: %s, because %s", clause(safe.Line(o.Label)), safe.Line(o.Disabled)))
		}
	}
}

func described(o wizard.Option) string {
	if o.Consequence == "" {
		return safe.Line(o.Label)
	}
	return clause(safe.Line(o.Label)) + ": " + safe.Line(o.Consequence)
}

// named is an option within a sentence: what stands behind a colon of its label explains it, and was said.
func named(o wizard.Option) string {
	name, _, _ := strings.Cut(safe.Line(o.Label), ": ")
	return clause(name)
}

// standing is the option that enter takes: what was chosen before, else the default, else -1, which is none.
func (f *front) standing(q wizard.Question, open []wizard.Option) int {
	for _, value := range []wizard.Value{f.filled(q), q.Default} {
		if wanted, _ := value.(string); wanted != "" && indexOf(open, wanted) >= 0 {
			return indexOf(open, wanted)
		}
	}
	return -1
}

func (f *front) one(p wizard.Page, open []wizard.Option, standing int) (wizard.Value, turn, error) {
	text := "Type a number; enter alone decides nothing: "
	if standing >= 0 {
		text = fmt.Sprintf("Type a number, or press enter for %d, %s: ", standing+1, named(open[standing]))
	}
	for {
		answer, next, err := f.ask(p, prompt{text: text})
		if err != nil || next != onward {
			return nil, next, err
		}
		at, ok := standing, standing >= 0
		if strings.TrimSpace(answer) != "" {
			at, ok = pick(answer, open)
		}
		if ok {
			f.echo = "Chosen: " + named(open[at]) + "."
			return open[at].Value, onward, nil
		}
		f.say(oneOf(len(open)) + " " + f.again())
	}
}

func oneOf(options int) string {
	if options == 1 {
		return "There is one choice: it takes 1."
	}
	return fmt.Sprintf("It takes a number from 1 to %d, or the name of a choice.", options)
}

// again says how to hear a page again, or to leave it.
func (f *front) again() string { return ":repeat prints the page again, " + f.waysOut() }

func (f *front) many(p wizard.Page, open []wizard.Option, filled wizard.Value) (wizard.Value, turn, error) {
	now, _ := filled.([]string)
	now = slices.DeleteFunc(slices.Clone(now), func(v string) bool { return indexOf(open, v) < 0 })
	for {
		answer, next, err := f.ask(p, prompt{text: manyPrompt(open, now)})
		if err != nil || next != onward {
			return nil, next, err
		}
		picked := append([]string{}, now...)
		if strings.TrimSpace(answer) != "" {
			picked, err = picks(answer, open)
		}
		if err == nil {
			f.echo = "Chosen: " + labels(open, picked) + "."
			return picked, onward, nil
		}
		f.say(sentence(err.Error()) + " " + f.again())
	}
}

func manyPrompt(open []wizard.Option, now []string) string {
	switch {
	case len(open) == 1 && len(now) == 0:
		return "Type 1 to choose it, or press enter for none: "
	case len(open) == 1:
		return "Press enter to leave it chosen, or type 0 for none: "
	}
	return fmt.Sprintf("Type numbers with commas between, 0 for none, or press enter for %s: ", labels(open, now))
}

// picks reads numbers or names of options.
func picks(answer string, open []wizard.Option) ([]string, error) {
	parts := strings.Split(answer, ",")
	if !strings.ContainsFunc(answer, func(r rune) bool { return r != ',' && r != ' ' && (r < '0' || r > '9') }) {
		parts = strings.FieldsFunc(answer, func(r rune) bool { return r == ',' || r == ' ' })
	}
	picked := []string{}
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" || part == "0" || strings.EqualFold(part, "none") {
			continue
		}
		at, ok := pick(part, open)
		switch {
		case !ok && len(open) == 1:
			return nil, fmt.Errorf("%s is not it: it takes 1, or 0 for none", strconv.Quote(part))
		case !ok:
			return nil, fmt.Errorf("%s is no number from 1 to %d, and no name of a choice", strconv.Quote(part), len(open))
		}
		if value := open[at].Value; !slices.Contains(picked, value) {
			picked = append(picked, value)
		}
	}
	return picked, nil
}

// leastName is how many letters of a name are needed where it is not typed in full.
const leastName = 3

// pick finds the option that was meant: by its number, its name, or a beginning that only one name has.
func pick(answer string, open []wizard.Option) (at int, ok bool) {
	answer = strings.ToLower(strings.TrimSpace(answer))
	if n, err := strconv.Atoi(answer); err == nil {
		return n - 1, n >= 1 && n <= len(open)
	}
	var begins []int
	for i, o := range open {
		name := strings.ToLower(safe.Line(o.Label))
		if answer == name || answer == strings.ToLower(named(o)) {
			return i, true
		}
		if strings.HasPrefix(name, answer) {
			begins = append(begins, i)
		}
	}
	if len([]rune(answer)) < leastName || len(begins) != 1 {
		return 0, false
	}
	return begins[0], true
}

func indexOf(open []wizard.Option, value string) int {
	return slices.IndexFunc(open, func(o wizard.Option) bool { return o.Value == value })
}

// labels names options in a sentence.
func labels(open []wizard.Option, values []string) string {
	var all []string
	for _, value := range values {
		if i := indexOf(open, value); i >= 0 {
			all = append(all, named(open[i]))
		}
	}
	if len(all) == 0 {
		return "none"
	}
	return strings.Join(all, ", ")
}

// yesNo takes the words yes and no. Enter is no.
func (f *front) yesNo(p wizard.Page) (wizard.Value, turn, error) {
	for {
		answer, next, err := f.ask(p, prompt{text: "Type yes or no; enter means no: "})
		if err != nil || next != onward {
			return nil, next, err
		}
		switch strings.ToLower(strings.TrimSpace(answer)) {
		case "yes":
			return true, onward, nil
		case "no", "n", "":
			return false, onward, nil
		}
	}
}
