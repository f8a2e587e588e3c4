package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// row is a line of the table.
type row struct {
	what   string // what is measured
	target string
	result string
	how    string
	missed bool
}

func heading() {
	fmt.Printf("| %s |\n|---|---|---|---|---|---|\n", strings.Join([]string{"row", "what", "target", "result", "", "how"}, " | "))
}

func (r row) print(name string) {
	mark := "ok"
	switch {
	case r.target == "":
		mark = ""
	case r.missed:
		mark = "MISSED"
	}
	fmt.Printf("| %s |\n", strings.Join([]string{name, r.what, r.target, r.result, mark, r.how}, " | "))
}

// machine says what was measured on, and how busy it is.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %s/%s, %s, %s\n", time.Now().Format("2006-01-02 15:04"), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), load())
}

// load is how busy the machine is: the mean number of programs that want a core, in the last minute.
func load() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load unknown"
	}
	one, _, _ := strings.Cut(string(raw), " ")
	return "load " + one
}

// samples are times of one thing.
type samples []time.Duration

// at is the sample that a share of all does not exceed: 0.5 is the median.
func (s samples) at(share float64) time.Duration {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	return sorted[max(0, min(len(sorted)-1, int(math.Ceil(share*float64(len(sorted))))-1))]
}

func (s samples) median() time.Duration { return s.at(0.5) }

// ms writes a time in milliseconds.
func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/1e6) }

// mb writes bytes in millions.
func mb(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
