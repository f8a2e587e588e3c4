package js_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"upe/flows/js"
)

const script = `
	let calls = 0;
	function add(a, b) { calls++; return { sum: a + b, calls }; }
	function spin() { for (;;); }
	function fail(message) { throw new RangeError(message); }
	function fill() { return 'x'.repeat(3000); }
	function nothing() {}`

func TestLibrary(t *testing.T) {
	t.Parallel()
	lib := js.NewLibrary(js.Limits{Time: time.Minute, Output: 1000}, script)
	t.Cleanup(lib.Close)
	var got struct{ Sum, Calls int }
	for i := 1; i <= 3; i++ {
		if err := lib.Call(t.Context(), "add", &got, i, 10); err != nil || got.Sum != i+10 || got.Calls != i {
			t.Errorf("call %d: %v, %v", i, got, err)
		}
	}
	var failure *js.Error
	if err := lib.Call(t.Context(), "fail", nil, "far"); !errors.As(err, &failure) || failure.Class != "RangeError" || failure.Message != "far" {
		t.Errorf("error %v", err)
	}
	if err := lib.Call(t.Context(), "fill", nil); !errors.Is(err, js.ErrOutput) {
		t.Errorf("error %v", err)
	}
	var null *int
	if err := lib.Call(t.Context(), "nothing", &null); err != nil || null != nil {
		t.Errorf("%v, %v", null, err)
	}
}

// A call that is stopped costs the loaded VM, not the library.
func TestLibraryRecovers(t *testing.T) {
	t.Parallel()
	lib := js.NewLibrary(js.Limits{Time: time.Minute}, script)
	t.Cleanup(lib.Close)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := lib.Call(ctx, "spin", nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	var got struct{ Sum, Calls int }
	if err := lib.Call(t.Context(), "add", &got, 1, 1); err != nil || got.Calls != 1 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestLibraryRejectsBadScripts(t *testing.T) {
	t.Parallel()
	for range 2 {
		if err := js.NewLibrary(js.Limits{}, "let = ;").Call(t.Context(), "add", nil); !errors.Is(err, js.ErrSyntax) {
			t.Errorf("error %v", err)
		}
	}
}

func TestLibraryConcurrently(t *testing.T) {
	t.Parallel()
	lib := js.NewLibrary(js.Limits{}, script)
	t.Cleanup(lib.Close)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			var got struct{ Sum int }
			if err := lib.Call(t.Context(), "add", &got, i, i); err != nil || got.Sum != 2*i {
				t.Error(fmt.Errorf("call %d: %v, %w", i, got, err))
			}
		})
	}
	wg.Wait()
}
