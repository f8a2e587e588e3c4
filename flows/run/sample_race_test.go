//go:build race

package run_test

// stride samples the matrices of faults: the race detector makes them many times slower and finds nothing new in all of them.
const stride = 7
