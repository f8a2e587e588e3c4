package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"upe/client"
	"upe/flows/wizard"
)

// fileRequests is the request log in a run folder: one JSON line for every attempt of every request while the run is open, with
// neither headers nor bodies. It helps whoever has to explain to Auth0's support what was asked when; nothing reads it.
const fileRequests = "requests.ndjson"

// mostRequests is how many requests a person can look back at; the file has them all.
const mostRequests = 500

// requestLog appends to the request log of the run that is open, if one is, and keeps the last requests for a person to look at.
type requestLog struct {
	mu   sync.Mutex
	path string // "": no run is open
	last []client.LogEntry
}

// requests are the last ones, the newest last.
func (l *requestLog) requests() []wizard.Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := make([]wizard.Request, len(l.last))
	for i, e := range l.last {
		all[i] = wizard.Request{
			At: e.At, Method: e.Method, Path: e.Path, Status: e.Status, Took: e.Duration, Attempt: e.Attempt, Error: e.Error,
		}
	}
	return all
}

// to has the requests from now on logged into a run folder.
func (l *requestLog) to(f *folder) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.path = filepath.Join(f.dir, fileRequests)
}

// add logs one attempt. A log that cannot be written is no reason to stop in the middle of a run: the journal is what counts.
func (l *requestLog) add(e client.LogEntry) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = append(l.last, e)
	if drop := len(l.last) - mostRequests; drop > 0 {
		l.last = append([]client.LogEntry(nil), l.last[drop:]...)
	}
	if l.path == "" {
		return
	}
	if line, err := json.Marshal(e); err == nil {
		_ = appendLine(l.path, append(line, '\n'))
	}
}

func appendLine(path string, line []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, modeFile)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	return errors.Join(err, file.Close())
}
