package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"upe/client"
)

// TestThePersonSeesTheLastRequests: the newest last, also before a run is open; the file of a run gets those from then on.
func TestThePersonSeesTheLastRequests(t *testing.T) {
	t.Parallel()
	var log requestLog
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	log.add(client.LogEntry{At: at, Method: "GET", Path: "/api/v2/clients", Status: 200, Duration: time.Second, Attempt: 2, Error: "none"})
	if got := fmt.Sprint(log.requests()); !strings.HasSuffix(got, " GET /api/v2/clients 200 1s 2 none}]") {
		t.Errorf("got %s", got)
	}
	dir := t.TempDir()
	log.to(&folder{dir: dir})
	for i := range mostRequests + 3 {
		log.add(client.LogEntry{Path: fmt.Sprint(i)})
	}
	got := log.requests()
	if len(got) != mostRequests || got[0].Path != "3" || got[len(got)-1].Path != fmt.Sprint(mostRequests+2) {
		t.Errorf("%d requests are kept, from %s on", len(got), got[0].Path)
	}
	content, err := os.ReadFile(filepath.Join(dir, fileRequests))
	if lines := strings.Count(string(content), "\n"); err != nil || lines != mostRequests+3 {
		t.Errorf("the file has %d lines: %v", lines, err)
	}
}
