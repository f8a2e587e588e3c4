package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"time"
)

// emulatorAlone measures how much `upe emulate` serves on one core.
func emulatorAlone(l *lab) ([]row, error) {
	c := exec.CommandContext(l, l.upe, "emulate", "--tenant", "mfa-twilio", "--rate-limit", "1000000/s")
	c.Env = append(clean(), "GOMAXPROCS=1")
	out, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	defer func() { _ = c.Process.Signal(os.Interrupt); _ = c.Wait() }()
	var at struct{ URL, Token string }
	if err := json.NewDecoder(bufio.NewReader(out)).Decode(&at); err != nil {
		return nil, fmt.Errorf("upe emulate does not say where it listens: %w", err)
	}
	long := 5 * time.Second
	if l.quick {
		long = time.Second
	}
	if _, err := l.storm(at.URL, at.Token, long/5); err != nil { // connections, and the first requests of a process
		return nil, err
	}
	before, err := cpuOf(c.Process.Pid)
	if err != nil {
		return nil, err
	}
	took, err := l.storm(at.URL, at.Token, long)
	if err != nil {
		return nil, err
	}
	after, err := cpuOf(c.Process.Pid)
	if err != nil {
		return nil, err
	}
	rate := float64(len(took)) / long.Seconds()
	core := float64(len(took)) / (after - before).Seconds()
	p99 := took.at(0.99)
	return []row{{
		"emulator on one core", ">= 5,000 requests/s, p99 < 5 ms", fmt.Sprintf("%.0f requests/s, p99 %s", rate, ms(p99)),
		fmt.Sprintf("GOMAXPROCS=1, %d connections over loopback, %.0f s; %.0f requests for each second of its own processor time; the client here takes another core",
			stormers, long.Seconds(), core), rate < 5000 || p99 >= 5*time.Millisecond,
	}}, nil
}

// stormers is how many clients ask at once.
const stormers = 8

// stormPaths are what a migration reads most.
var stormPaths = []string{
	"/api/v2/tenants/settings", "/api/v2/branding/phone/providers", "/api/v2/guardian/factors", "/api/v2/connections?strategy=sms&take=100",
}

// storm asks as much as it can for a while.
func (l *lab) storm(url, token string, long time.Duration) (samples, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: stormers}}
	defer client.CloseIdleConnections()
	end := time.Now().Add(long)
	all, failures := make([]samples, stormers), make([]error, stormers)
	var group sync.WaitGroup
	for i := range stormers {
		group.Go(func() {
			for n := i; time.Now().Before(end) && failures[i] == nil; n++ {
				began := time.Now()
				failures[i] = l.get(client, url+stormPaths[n%len(stormPaths)], token)
				all[i] = append(all[i], time.Since(began))
			}
		})
	}
	group.Wait()
	var together samples
	for i := range stormers {
		if failures[i] != nil {
			return nil, failures[i]
		}
		together = append(together, all[i]...)
	}
	return together, nil
}

func (l *lab) get(client *http.Client, url, token string) error {
	r, err := http.NewRequestWithContext(l, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", url, answer.Status)
	}
	return nil
}
