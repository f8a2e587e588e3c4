package scan

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"sync"
)

// Options say what to scan.
type Options struct {
	FS       fs.FS
	Root     string // a folder or a file of FS, "." for all of it; .gitignore files in the folders above it count
	Ignored  bool   // also what .gitignore files leave out
	Vendored bool   // also vendored folders and minified files
	Workers  int    // 0 stands for one for each processor

	Progress func(files int) // how many were read by now, told every [ProgressEvery] of them; may be nil
}

// ProgressEvery is how many files are read between two words of progress: a small tree is done before anybody asks.
const ProgressEvery = 1000

// File is a file with its hits, by line.
type File struct {
	Path string `json:"path"` // in the tree, with slashes
	Hits []Hit  `json:"hits"`
}

// engine is what the workers share; it does not change.
type engine struct {
	Options
	finder  *finder
	matcher *matcher
}

// Scan looks for what stops in every text file below a root, and hands files with hits to each, in the order of the walk. It
// fails where the root cannot be read, where each fails, and where the context ends; a file inside that cannot be read is counted.
func Scan(ctx context.Context, o Options, each func(File) error) (Summary, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	e := &engine{Options: o, finder: newFinder(), matcher: newMatcher()}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// How far the walk may be ahead of what was handed out.
	work, order := make(chan *batch), make(chan *batch, 4*o.Workers)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	for range o.Workers {
		group.Go(func() { e.work(ctx, work) })
	}
	w := &walker{Options: o, send: func(b *batch) error { return sendBoth(ctx, b, order, work) }}
	var walked error
	group.Go(func() {
		defer close(order)
		defer close(work)
		walked = w.walk(ctx)
	})
	total, err := o.collect(ctx, order, each)
	if err != nil {
		return total, err
	}
	total.add(w.tally)
	total.Endpoints = total.sorted()
	return total, walked
}

// sendBoth puts a batch into the queue that keeps the order, then hands it to a worker.
func sendBoth(ctx context.Context, b *batch, queues ...chan<- *batch) error {
	for _, queue := range queues {
		select {
		case queue <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// collect hands out the files of each batch when it is done.
func (o Options) collect(ctx context.Context, order <-chan *batch, each func(File) error) (Summary, error) {
	var total Summary
	for b := range order {
		select {
		case <-b.done:
		case <-ctx.Done():
			return total, ctx.Err()
		}
		before := total.Files
		total.add(b.tally)
		if o.Progress != nil && before/ProgressEvery < total.Files/ProgressEvery {
			o.Progress(total.Files)
		}
		for _, f := range b.files {
			total.count(f)
			if err := each(f); err != nil {
				return total, err
			}
		}
		if b.err != nil {
			return total, b.err
		}
	}
	return total, ctx.Err()
}

// work reads the files of batches until there are no more.
func (e *engine) work(ctx context.Context, batches <-chan *batch) {
	r := &reader{}
	t := &text{}
	for b := range batches {
		for _, name := range b.names {
			if ctx.Err() != nil {
				return
			}
			e.file(b, r, t, name)
		}
		close(b.done)
	}
}

// errMinified ends the reading of a file that nobody wrote by hand.
var errMinified = errors.New("minified")

// file reads one file into a batch.
func (e *engine) file(b *batch, r *reader, t *text, name string) {
	f := File{Path: name}
	t.path, t.language = name, languageOf(name)
	n, how, err := r.pieces(e.FS, name, func(p piece) error { return e.piece(&f, t, p) })
	b.tally.Bytes += n
	switch {
	case errors.Is(err, errMinified):
		b.tally.Minified++
		return
	case how == gone:
		return
	case how == unreadable:
		b.tally.unreadable(name, err)
	case how == skippedBinary:
		b.tally.Binary++
	case how == read:
		b.tally.Files++
	}
	if what, ok := fileOf(name); ok && how == read {
		f.Hits = e.named(what, f.Hits)
	}
	if len(f.Hits) > 0 {
		b.files = append(b.files, f)
	}
}

// named puts what the name of a file tells before what its text does, and leaves out where that says the same.
func (e *engine) named(what target, hits []Hit) []Hit {
	first := e.matcher.hit(found{row: rowDeployDir, what: what, sure: Certain}, pos{}, "")
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.Endpoint == first.Endpoint })
	return append([]Hit{first}, hits...)
}

// piece looks at a part of a file. Most end at the first line.
func (e *engine) piece(f *File, t *text, p piece) error {
	if e.finder.find(p.data) < 0 {
		return nil
	}
	t.data = p.data
	hits := e.matcher.hits(p, e.matcher.match(t))
	if len(hits) > 0 && !e.Vendored && minified(t.language, p.data) {
		return errMinified
	}
	f.Hits = append(f.Hits, hits...)
	return nil
}
