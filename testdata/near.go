package testdata

import (
	"slices"
	"strings"
)

// most is how many names a hint lists: more are read by nobody.
const most = 5

// hint names what was probably meant. Where nothing comes near, it says where the names begin.
func hint(name string, all []string) string {
	name = strings.ToLower(name)
	var near []string
	for _, other := range all {
		if distance(name, other) <= max(len(name)/3, 1) {
			near = append(near, other)
		}
	}
	if len(near) == 0 {
		near = slices.DeleteFunc(slices.Clone(all), func(other string) bool { return !shareWord(name, other) })
	}
	if len(near) == 0 {
		return "they begin with " + strings.Join(all[:min(most, len(all))], ", ")
	}
	slices.SortStableFunc(near, func(a, b string) int { return distance(name, a) - distance(name, b) })
	return "near it: " + strings.Join(near[:min(most, len(near))], ", ")
}

// shareWord reports whether two names have one of their words in common.
func shareWord(a, b string) bool {
	words := strings.Split(b, "-")
	return slices.ContainsFunc(strings.Split(a, "-"), func(word string) bool { return slices.Contains(words, word) })
}

// distance is how many letters must be put in, taken out, or changed to make b of a (Levenshtein), counted in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := before
			if a[i] != b[j] {
				changed++
			}
			before, row[j+1] = row[j+1], min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
