package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"upe/client/emulator"
)

// verify measures what reading an ordinary tenant costs on a slow network.
func verify(l *lab) ([]row, error) {
	const ordinary = "mfa-twilio"
	seen, took, err := l.check(ordinary, 5)
	if err != nil {
		return nil, err
	}
	bound := endpoints(seen)
	repeated := twice(seen)
	deep := rounds(seen)
	return []row{
		{
			"verify at 50 ms: round trips", "<= 3 after the token", fmt.Sprint(deep),
			fmt.Sprintf("the first goes alone, to learn the rate limit; reads took %s, the whole process %s", ms(span(seen)), ms(took)), deep > 3,
		},
		{
			"verify: requests", fmt.Sprintf("%d, the lower bound", bound), fmt.Sprint(len(seen)),
			"one for each thing that has to be known (path and filter), as no answer holds two of them; sent twice: " + orNone(repeated), len(seen) > bound,
		},
	}, nil
}

// large measures the same where lists have pages.
func large(l *lab) ([]row, error) {
	seen, took, err := l.check(biggest, 3)
	if err != nil {
		return nil, err
	}
	pages := map[string]int{}
	longest := 0
	for _, r := range seen {
		key := r.what + " " + filter(r.query)
		pages[key]++
		longest = max(longest, pages[key])
	}
	bound := time.Duration(1+longest) * roundTrip
	ratio := float64(span(seen)) / float64(bound)
	return []row{{
		"verify: 1,200 connections, 150 Actions", "<= 1.5x the paging bound", fmt.Sprintf("%.2fx", ratio),
		fmt.Sprintf("the bound is %s: the first request, then the longest list, %d pages, each of which names the next; reads took %s in %d requests and %d rounds, the whole process %s",
			ms(bound), longest, ms(span(seen)), len(seen), rounds(seen), ms(took)), ratio > 1.5,
	}}, nil
}

// check runs `upe check` a few times on a tenant at the end of a long wire, and returns the requests and the time of the median run.
func (l *lab) check(name string, times int) ([]exchange, time.Duration, error) {
	type try struct {
		seen []exchange
		took time.Duration
	}
	var tries []try
	var spans samples
	for range times {
		// A fresh one, as a rate limit remembers.
		tenant, err := embedded(name, emulator.Options{})
		if err != nil {
			return nil, 0, err
		}
		wire, err := l.serve(tenant, roundTrip)
		if err != nil {
			return nil, 0, err
		}
		began := time.Now()
		if _, err := l.upeOn(wire, tenant, nil, "check", "--json"); err != nil {
			return nil, 0, err
		}
		t := try{wire.requests(), time.Since(began)}
		tries, spans = append(tries, t), append(spans, span(t.seen))
	}
	for _, t := range tries {
		if span(t.seen) == spans.median() {
			return t.seen, t.took, nil
		}
	}
	return nil, 0, fmt.Errorf("no run of upe check")
}

// upeOn runs a command on a tenant and returns what it said. Exit codes 2 and 3 say something of the tenant; they are no failure.
func (l *lab) upeOn(wire *link, t *emulator.Tenant, env []string, args ...string) (string, error) {
	c := exec.CommandContext(l, l.upe, args...)
	c.Env = append(append(clean(), "XDG_STATE_HOME="+l.work, "AUTH0_DOMAIN="+wire.url, "AUTH0_API_TOKEN="+t.Token()), env...)
	var said, wrong strings.Builder
	c.Stdout, c.Stderr = &said, &wrong
	err := c.Run()
	if code := c.ProcessState.ExitCode(); err != nil && code != 2 && code != 3 {
		return "", fmt.Errorf("upe %s: %w: %s", strings.Join(args, " "), err, wrong.String())
	}
	return said.String(), nil
}

// endpoints is how many different things were asked: path and filter, without what pages a list.
func endpoints(seen []exchange) int {
	asked := map[string]bool{}
	for _, r := range seen {
		asked[r.what+" "+filter(r.query)] = true
	}
	return len(asked)
}

// filter is a query without what pages a list.
func filter(query string) string {
	var kept []string
	for _, part := range strings.Split(query, "&") {
		switch name, _, _ := strings.Cut(part, "="); name {
		case "from", "page":
		default:
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

// write writes a file into a folder of the lab.
func write(path, content string) error { return os.WriteFile(path, []byte(content), 0o600) }
