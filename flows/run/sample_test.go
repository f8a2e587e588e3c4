//go:build !race

package run_test

// stride is the step through the matrices of faults: every request, every entry.
const stride = 1
