package testdata

// Parse is open to the tests, which try what no file of ours has.
var Parse = parse
