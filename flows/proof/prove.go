package proof

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"upe/flows/js"
	"upe/flows/pattern"
)

// withDefaults fills in the limits of one run. An Action takes milliseconds; what does not is stopped, and no further case of it is tried.
func withDefaults(l js.Limits) js.Limits {
	if l.Time == 0 {
		l.Time = 2 * time.Second
	}
	if l.Output == 0 {
		l.Output = 256 << 10
	}
	return l
}

// side is an Old of this package, which knows more of itself than any Old needs to.
type side interface {
	Old
	secrets() []string // names it reads
	numbers() []string // country calling codes, or more, that it knows
	unknown() []string // what nobody knows of it, in sentences
	types() []string
	methods() []string
}

// Prove compares what serves these flows today with the code of an Action of custom-phone-provider. The error is the host's; what either
// code does wrong is in the proof.
func Prove(ctx context.Context, flows []Flow, code string, o Options) (Proof, error) {
	p := prover{code: code, options: o, report: &report{options: o}}
	for _, f := range flows {
		if err := p.flow(ctx, f); err != nil {
			return Proof{}, err
		}
		if p.report.stopped {
			break
		}
	}
	if !p.report.stopped {
		if err := p.notices(ctx); err != nil {
			return Proof{}, err
		}
	}
	return p.report.proof(), nil
}

type prover struct {
	code    string
	options Options
	report  *report
}

// flow compares the cases of one flow: first the ordinary one, alone, as it tells what else to try.
func (p prover) flow(ctx context.Context, f Flow) error {
	s := p.settle(f)
	types, methods := kinds(f)
	first := Case{Flow: f.Name, Type: types[0], Method: methods[0], Connection: f.Connection, To: sampleNumber, Answer: answers[0], settled: s}
	ordinary, err := p.run(ctx, f.Old, first)
	if err != nil {
		return err
	}
	if unusableURL(ordinary) {
		p.report.addresses = true
		first.settled = s.addresses()
		if ordinary, err = p.run(ctx, f.Old, first); err != nil {
			return err
		}
	}
	pairs := []pair{ordinary}
	if incomparable(ordinary) == "" { // else every case would show the same
		more, err := p.runAll(ctx, f.Old, further(p.code, f, ordinary, types, methods))
		if err != nil {
			return err
		}
		pairs = append(pairs, more...)
	}
	p.report.add(f, pairs)
	return nil
}

// settle makes up the values that hold in all cases of a flow.
func (p prover) settle(f Flow) settled {
	names := append(secretNames(p.code), p.options.Secrets...)
	if old, ok := f.Old.(side); ok {
		names = append(names, old.secrets()...)
	}
	s := settled{decided: p.options.Decided, secrets: map[string]string{}, limits: withDefaults(p.options.Limits)}
	for _, name := range names {
		s.secrets[name] = madeUp(name)
	}
	if old, ok := f.Old.(gateway); ok {
		maps.Copy(s.secrets, old.values(names))
	}
	return s
}

// addresses makes every secret an address, for code that uses one as such and does not call it so.
func (s settled) addresses() settled {
	out := settled{decided: s.decided, secrets: map[string]string{}, limits: s.limits}
	for name, value := range s.secrets {
		if !strings.HasPrefix(value, "https://") {
			value = "https://" + madeUp(name) + ".example/send"
		}
		out.secrets[name] = value
	}
	return out
}

// unusableURL reports whether the made-up values kept the old side from sending anything.
func unusableURL(p pair) bool {
	said := append(slices.Clone(p.old.Logs), errorOf(p.old))
	return !exercised(p.old) && slices.ContainsFunc(said, func(text string) bool { return strings.Contains(text, "Invalid URL") })
}

// kinds are the types and methods of a flow's codes.
func kinds(f Flow) (types, methods []string) {
	types, methods = codeTypes, codeMethods
	if old, ok := f.Old.(side); ok {
		types, methods = old.types(), old.methods()
	}
	if len(f.Types) > 0 {
		types = f.Types
	}
	if len(f.Methods) > 0 {
		methods = f.Methods
	}
	return types, methods
}

// further are the cases beside the ordinary one. Where nobody is asked anything, answers make no difference.
func further(code string, f Flow, ordinary pair, types, methods []string) []Case {
	ways := answers
	if !asks(ordinary.old) && !asks(ordinary.new) {
		ways = answers[:1]
	}
	var all []Case
	for _, kind := range types {
		for _, method := range methods {
			for _, answer := range ways {
				c := ordinary.Case
				c.Type, c.Method, c.Answer = kind, method, answer
				all = append(all, c)
			}
		}
	}
	all = all[1:] // the ordinary one
	if _, ok := f.Old.(gateway); len(ways) > 1 && !ok {
		all = append(all, odd(ordinary)...)
	}
	if old, ok := f.Old.(*legacy); ok && old.nested() {
		c := ordinary.Case
		c.To, c.bare = writtenNumber, true
		all = append(all, c)
	}
	for _, to := range numbers(code, f) {
		c := ordinary.Case
		c.To = to
		all = append(all, c)
	}
	return all
}

// odd are the ordinary message with answers out of the ordinary.
func odd(ordinary pair) []Case {
	ways := oddities
	if len(ordinary.old.StandIns)+len(ordinary.new.StandIns) > 0 {
		ways = append(slices.Clone(ways), emptiness)
	}
	var all []Case
	for _, answer := range ways {
		c := ordinary.Case
		c.Answer = answer
		all = append(all, c)
	}
	return all
}

func asks(r js.Result) bool {
	return slices.ContainsFunc(r.Calls, func(call js.Call) bool { return call.Kind != js.API })
}

// maxNumbers bounds how many beginnings of numbers are tried that the code names.
const maxNumbers = 12

// writtenPrefix finds "+49", /^\+49/ and their like, and the table of a generated routing Action.
var (
	writtenPrefix = pattern.Lazy("['\"`/^(|]\\\\?\\+(\\d{1,7})\\b")
	tablePrefix   = pattern.Lazy(`\[\s*((?:"\d{1,7}"\s*,?\s*)+)\]`)
	onlyDigits    = pattern.Lazy(`\d+`)
)

// prefixes are the beginnings of numbers that code names.
func prefixes(code string) []string {
	var all []string
	for _, found := range writtenPrefix().FindAllStringSubmatch(code, -1) {
		all = append(all, found[1])
	}
	for _, found := range tablePrefix().FindAllStringSubmatch(code, -1) {
		all = append(all, onlyDigits().FindAllString(found[1], -1)...)
	}
	return all
}

// numbers are one number for each beginning that either side names.
func numbers(code string, f Flow) []string {
	known := prefixes(code)
	if old, ok := f.Old.(side); ok {
		known = append(known, old.numbers()...)
	}
	slices.Sort(known)
	var all []string
	for _, prefix := range slices.Compact(known) {
		if to := "+" + prefix + "5550006000"[:max(4, 10-len(prefix))]; len(all) < maxNumbers {
			all = append(all, to)
		}
	}
	return all
}

// run runs both sides of a case.
func (p prover) run(ctx context.Context, old Old, c Case) (pair, error) {
	was, err := patiently(c, func(c Case) (js.Result, error) { return old.Run(ctx, c) })
	if err != nil || halted(was) {
		return pair{Case: c, old: was}, err // there is nothing to hold the new side against
	}
	is, err := patiently(c, func(c Case) (js.Result, error) { return newSide(ctx, c, p.code) })
	return pair{c, was, is}, err
}

// patiently runs a side once more, with three times as long, when the clock stopped it: on a busy machine that says nothing of the code.
func patiently(c Case, run func(Case) (js.Result, error)) (js.Result, error) {
	first, err := run(c)
	if err != nil || !slices.Contains(first.Notes, js.Interrupted) {
		return first, err
	}
	c.settled.limits.Time *= 3
	if again, err := run(c); err != nil || !slices.Contains(again.Notes, js.Interrupted) {
		return again, err
	}
	return first, nil
}

// runAll runs cases side by side, in the order given. It leaves out what comes after a case that had to be stopped.
func (p prover) runAll(ctx context.Context, old Old, cases []Case) ([]pair, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pairs, failures := make([]pair, len(cases)), make([]error, len(cases))
	next := make(chan int)
	halt := make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	for range min(len(cases), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				pairs[i], failures[i] = p.run(ctx, old, cases[i])
				if failures[i] != nil || stopped(pairs[i]) {
					once.Do(func() { close(halt) })
				}
			}
		})
	}
	ran := feed(next, halt, len(cases))
	wg.Wait()
	for _, err := range failures[:ran] {
		if err != nil {
			return nil, err
		}
	}
	return pairs[:ran], nil
}

// feed hands out the numbers below n until halt, and answers how many it has.
func feed(next chan<- int, halt <-chan struct{}, n int) int {
	defer close(next)
	for i := range n {
		select {
		case <-halt:
			return i
		default:
		}
		select {
		case next <- i:
		case <-halt:
			return i
		}
	}
	return n
}

// stopped reports whether a side had to be stopped by the sandbox. Each such run takes as long as a hundred others.
func stopped(p pair) bool { return halted(p.old) || halted(p.new) }

func halted(r js.Result) bool {
	return r.Outcome == js.OutOfMemory || r.Outcome == js.TooMuch || slices.Contains(r.Notes, js.Interrupted)
}

// exercised reports whether a run handed the message to somebody: by a request, by a call of a module that was given the code, or by one
// after which it ended well.
func exercised(r js.Result) bool {
	return slices.ContainsFunc(r.Calls, func(call js.Call) bool {
		switch call.Kind {
		case js.Request:
			return true
		case js.Module:
			return r.Outcome == js.Done || strings.Contains(string(call.Args), sampleCode) || strings.Contains(string(call.Args), "4. 8. 2.")
		case js.API:
		}
		return false
	})
}
