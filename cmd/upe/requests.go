package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"upe/client"
)

// fileRequests is the request log in a run folder: one JSON line for every attempt of every request while the run is open, with
// neither headers nor bodies. It helps whoever has to explain to Auth0's support what was asked when; nothing reads it.
const fileRequests = "requests.ndjson"

// requestLog appends to the request log of the run that is open. Without one it drops what it is told.
type requestLog struct {
	mu   sync.Mutex
	path string // "": no run is open
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
