package plan

import "bytes"

// Contains reports whether have contains want: an object has every key of want's with a value that contains want's (null also
// means that the key is not there); a list has as many elements, each of which contains another one of want's, in any order;
// anything else is equal.
func Contains(have, want any) bool {
	switch w := want.(type) {
	case map[string]any:
		h, ok := have.(map[string]any)
		if !ok {
			return false
		}
		for key, inner := range w {
			if !Contains(h[key], inner) {
				return false
			}
		}
		return true
	case []any:
		h, ok := have.([]any)
		return ok && len(h) == len(w) && sameElements(h, w)
	}
	return bytes.Equal(Encode(have), Encode(want))
}

// sameElements reports whether each element of want can have an element of have for itself. An element that contains several is
// given to the one that fits nowhere else (augmenting paths), so that the order never decides.
func sameElements(have, want []any) bool {
	owner := make([]int, len(have)) // which of want has it, plus one
	var place func(w int, tried []bool) bool
	place = func(w int, tried []bool) bool {
		for i := range have {
			if tried[i] || !Contains(have[i], want[w]) {
				continue
			}
			tried[i] = true
			if owner[i] == 0 || place(owner[i]-1, tried) {
				owner[i] = w + 1
				return true
			}
		}
		return false
	}
	for w := range want {
		if !place(w, make([]bool, len(have))) {
			return false
		}
	}
	return true
}
