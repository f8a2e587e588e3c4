package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"upe/client/emulator"
	"upe/testdata"
)

// fleetRate is the rate limit of each tenant: requests a second, and as many at once.
const fleetRate = 10

// fleetOfMany measures `upe fleet check` on many tenants, each with a wire and a rate limit of its own, all emulated in this process. A
// small fleet first, so that one sees what memory depends on.
func fleetOfMany(l *lab) ([]row, error) {
	sizes, atOnce := []int{250, 1000}, 128
	if l.quick {
		sizes, atOnce = []int{40, 120}, 30
	}
	var past []crossing
	for _, n := range sizes {
		c, err := l.fleet(n, atOnce)
		if err != nil {
			return nil, err
		}
		past = append(past, c)
	}
	small, big := past[0], past[1]
	bound, how := big.bound()
	ratio := float64(big.took) / float64(bound)
	growth := float64(big.peak) / float64(small.peak)
	return []row{
		{
			fmt.Sprintf("fleet of %d at 50 ms, 10 requests/s each", big.tenants), "<= 1.2x the bound", fmt.Sprintf("%.2fx (%.1f s)", ratio, big.took.Seconds()),
			how, ratio > 1.2,
		},
		{
			"fleet: memory", "flat in the number of tenants", fmt.Sprintf("%s, %.2fx", mb(big.peak), growth),
			fmt.Sprintf("the most ever resident at %d tenants, against %s at %d; --at-once %d", big.tenants, mb(small.peak), small.tenants, big.atOnce), growth > 1.25,
		},
	}, nil
}

// crossing is what one check of a fleet came to.
type crossing struct {
	tenants  int
	atOnce   int // how many are read at the same time
	took     time.Duration
	peak     int64         // of the program's memory
	cpu      time.Duration // of the program and of the emulators, which share this machine
	own      time.Duration // of the program alone
	requests []int         // by tenant
}

// bound is the least time that such a check can take: no tenant can be read faster than its round trips and its rate limit allow, only so
// many are read at once, and what the program and the tenants have to do has to be done by the cores there are. Both shares of that work
// are measured, not derived: a program that wastes time has a bound that is easier to meet, so they stand beside it.
func (c crossing) bound() (time.Duration, string) {
	var waiting time.Duration
	var sum int
	for _, n := range c.requests {
		waiting += alone(n)
		sum += n
	}
	waiting /= time.Duration(c.atOnce)
	working := c.cpu / time.Duration(runtime.NumCPU())
	how := fmt.Sprintf("max(sum of (T + max(T, (n-b)/q)) / K, C/cores): T = 50 ms, n = %.1f requests in the mean, b = q = %d, K = %d at once, C = %.1f s of processor time (%.1f s upe's, %.1f ms a tenant; the rest this emulator's), %d cores: max(%.1f s, %.1f s)",
		float64(sum)/float64(c.tenants), fleetRate, c.atOnce, c.cpu.Seconds(), c.own.Seconds(), float64(c.own)/1e6/float64(c.tenants), runtime.NumCPU(), waiting.Seconds(), working.Seconds())
	return max(waiting, working), how
}

// alone is the least time in which one tenant can be asked n things. The first request goes alone, to learn the limit. As many as the
// limit has at once may have gone by the time its answer is back, and the bucket fills from the first one on: the last request
// finds its place when so many have come free, and is answered after the way to and from the tenant.
func alone(n int) time.Duration {
	if n <= 1 {
		return roundTrip
	}
	late := time.Duration(max(0, n-fleetRate)) * time.Second / fleetRate
	return roundTrip + max(roundTrip, late)
}

// fleet checks so many tenants once.
func (l *lab) fleet(n, atOnce int) (crossing, error) {
	c := crossing{tenants: n, atOnce: atOnce}
	var list strings.Builder
	list.WriteString("schema: upe.fleet/1\ntenants:\n")
	env := append(clean(), "XDG_STATE_HOME="+l.work)
	wires := make([]*link, n)
	for i := range n {
		domain := fmt.Sprintf("tenant-%04d.us.auth0.com", i)
		tenant, err := another(domain, i)
		if err != nil {
			return c, err
		}
		if wires[i], err = l.serve(tenant, roundTrip); err != nil {
			return c, err
		}
		fmt.Fprintf(&list, "  - {domain: %s, url: %q, token: {env: TOKEN_%d}}\n", domain, wires[i].url, i)
		env = append(env, fmt.Sprintf("TOKEN_%d=%s", i, tenant.Token()))
	}
	file := filepath.Join(l.work, fmt.Sprintf("fleet-%d.yaml", n))
	if err := write(file, list.String()); err != nil {
		return c, err
	}
	cmd := exec.CommandContext(l, l.upe, "fleet", "check", file, "--json", "--at-once", fmt.Sprint(atOnce))
	cmd.Env = env
	if err := c.watch(cmd); err != nil {
		return c, err
	}
	for _, wire := range wires {
		c.requests = append(c.requests, len(wire.requests()))
	}
	return c, nil
}

// watch runs the program and notes what it takes.
func (c *crossing) watch(cmd *exec.Cmd) error {
	before, err := cpuOf(os.Getpid())
	if err != nil {
		return err
	}
	began := time.Now()
	var wrong strings.Builder
	cmd.Stderr = &wrong
	if err := cmd.Start(); err != nil {
		return err
	}
	done := make(chan struct{})
	var peak sync.WaitGroup
	peak.Go(func() { c.peak = peakUntil(done, cmd.Process.Pid) })
	err = cmd.Wait()
	c.took = time.Since(began)
	close(done)
	peak.Wait()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() == 1) {
		return fmt.Errorf("upe fleet check: %w: %s", err, tail(wrong.String()))
	}
	after, err := cpuOf(os.Getpid())
	if err != nil {
		return err
	}
	c.own = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	c.cpu = after - before + c.own
	return nil
}

// peakUntil is the most memory a process has until it is done.
func peakUntil(done <-chan struct{}, pid int) (most int64) {
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		if now, err := residentPeak(pid); err == nil {
			most = max(most, now)
		}
		select {
		case <-done:
			return most
		case <-tick.C:
		}
	}
}

// another is an embedded tenant under another domain. The two whose size is their point are left out: every tenant has one page.
func another(domain string, i int) (*emulator.Tenant, error) {
	names := testdata.Tenants()
	name := names[i%len(names)]
	if name == biggest || name == "hostile" {
		name = names[0]
	}
	raw, err := testdata.Tenant(name)
	if err != nil {
		return nil, err
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, err
	}
	file["domain"] = json.RawMessage(`"` + domain + `"`)
	if raw, err = json.Marshal(file); err != nil {
		return nil, err
	}
	return emulator.New(emulator.Options{File: raw, RateLimit: emulator.RateLimit{Burst: fleetRate, PerSecond: fleetRate}})
}

func tail(text string) string { return text[max(0, len(text)-600):] }
