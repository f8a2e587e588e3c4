package bundle

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"upe/flows/pattern"
	"upe/flows/tenant"
)

// Folder is a tenant that consists of files, one for each request: what Auth0's command line tool printed. It is a tenant.API for reads.
type Folder struct {
	files fs.FS

	mu      sync.Mutex
	missing []Request
}

// NewFolder is the tenant whose answers are in files.
func NewFolder(files fs.FS) *Folder { return &Folder{files: files} }

// Missing are the requests that were made and have no file, sorted.
func (f *Folder) Missing() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	slices.SortFunc(f.missing, func(a, b Request) int { return strings.Compare(a.Path, b.Path) })
	return slices.Compact(f.missing)
}

// Request is a read of the Management API, and the file that its answer belongs in.
type Request struct {
	Path string // below /api/v2/, with its query: "connections?strategy=sms&take=100"
	File string // "connections.strategy-sms.take-100.json"
}

// request is that of a call.
func request(call tenant.Call) Request {
	path := strings.TrimPrefix(call.Path(), "/")
	return Request{Path: path, File: fileName(path)}
}

var notInNames = pattern.Lazy(`[^A-Za-z0-9_-]+`)

// fileName is a name that every file system takes, and no two requests share.
func fileName(path string) string {
	words := strings.NewReplacer("=", "-", "&", ".", "?", ".", "/", ".", "%7C", "_").Replace(path)
	var parts []string
	for part := range strings.SplitSeq(words, ".") {
		parts = append(parts, strings.Trim(notInNames().ReplaceAllString(part, "_"), "_"))
	}
	return strings.Join(parts, ".") + ".json"
}

// CodeNoFile marks the refusal that stands for a request without a file. [tenant.Read] goes on after it, so that one reading tells
// all that is missing.
const CodeNoFile = "no_file"

// The status codes that matter here.
const (
	notFound   = 404
	firstError = 400
)

// Do answers from the request's file.
func (f *Folder) Do(_ context.Context, call tenant.Call) (json.RawMessage, error) {
	wanted := request(call)
	raw, err := fs.ReadFile(f.files, wanted.File)
	if err != nil {
		message := err.Error()
		if errors.Is(err, fs.ErrNotExist) {
			message = "there is no " + wanted.File
			f.mu.Lock()
			f.missing = append(f.missing, wanted)
			f.mu.Unlock()
		}
		return nil, &tenant.Error{Op: call.Op, Status: notFound, Code: CodeNoFile, Message: message}
	}
	return answered(call.Op, raw)
}

// answered is a file's content, or the refusal that it is: Auth0's tool prints the body of an error as it does any other.
func answered(op tenant.Op, raw []byte) (json.RawMessage, error) {
	var refusal struct {
		Status  int    `json:"statusCode"`
		Error   string `json:"error"`
		Message string `json:"message"`
		Code    string `json:"errorCode"`
	}
	if json.Unmarshal(raw, &refusal) == nil && refusal.Status >= firstError && refusal.Error != "" {
		return nil, &tenant.Error{Op: op, Status: refusal.Status, Code: refusal.Code, Message: refusal.Message}
	}
	return json.RawMessage(strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff"))), nil
}

// Read takes a snapshot of a folder. missing are the requests it has no file for; while there are any, the snapshot is not one of the
// tenant.
func Read(ctx context.Context, who tenant.Identity, files fs.FS) (s tenant.Snapshot, missing []Request, err error) {
	folder := NewFolder(files)
	s, err = tenant.Read(ctx, who, folder, nil)
	return s, folder.Missing(), err
}
