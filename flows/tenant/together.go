package tenant

import "sync"

// Together does things side by side, and returns when all of them are done. A panic in one of them becomes the caller's, as if it had
// done them itself; of several, that of the first in the list.
func Together(all ...func()) {
	ends := make([]any, len(all))
	var group sync.WaitGroup
	for i, do := range all {
		group.Go(func() {
			defer func() { ends[i] = recover() }()
			do()
		})
	}
	group.Wait()
	for _, end := range ends {
		if end != nil {
			panic(end)
		}
	}
}
