package main

import (
	"errors"
	"fmt"
	"time"
)

// nothingWords is what the do-nothing program shows.
const nothingWords = "Nothing happens here."

// usual is the terminal that most measurements use.
var usual = size{80, 24}

// start measures how long a person looks at an empty terminal. Both programs take turns, so that both meet the same machine.
func start(l *lab) ([]row, error) {
	var ours, theirs samples
	for range l.few(30) {
		one, err := l.firstFrame("ctrl+c quit", l.upe, "--demo") // stands in the last line of the first page
		if err != nil {
			return nil, err
		}
		other, err := l.firstFrame(nothingWords, l.empty)
		if err != nil {
			return nil, err
		}
		ours, theirs = append(ours, one), append(theirs, other)
	}
	over := ours.median() - theirs.median()
	how := fmt.Sprintf("in a terminal of 80x24, %d starts in turns; the do-nothing program %s; p90 %s against %s",
		len(ours), ms(theirs.median()), ms(ours.at(0.9)), ms(theirs.at(0.9)))
	return []row{
		{"start to first complete frame", "<= 25 ms median", ms(ours.median()), how, ours.median() > 25*time.Millisecond},
		{"the same, over a do-nothing program", "<= 10 ms", ms(over), "both at the frame rate of 120", over > 10*time.Millisecond},
	}, nil
}

func (l *lab) firstFrame(words, program string, args ...string) (time.Duration, error) {
	t, err := sit(usual, []string{"XDG_STATE_HOME=" + l.work}, program, args...)
	if err != nil {
		return 0, err
	}
	defer t.leave()
	at, err := t.shows(words)
	return at.Sub(t.began), err
}

// idle measures what the wizard does while nobody does anything, beside the do-nothing program at the same time.
func idle(l *lab) ([]row, error) {
	long := 10 * time.Second
	if l.quick {
		long = 3 * time.Second
	}
	ours, err := sit(usual, []string{"XDG_STATE_HOME=" + l.work}, l.upe, "--demo")
	if err != nil {
		return nil, err
	}
	defer ours.leave()
	theirs, err := sit(usual, nil, l.empty)
	if err != nil {
		return nil, err
	}
	defer theirs.leave()
	_, one := ours.shows("ctrl+c quit")
	_, other := theirs.shows(nothingWords)
	if err := errors.Join(one, other, ours.rest(500*time.Millisecond, 10*time.Second)); err != nil {
		return nil, err
	}
	time.Sleep(time.Second) // what a start leaves behind: the garbage collector's
	wrote := ours.written()
	began, err := bothCPU(ours, theirs)
	if err != nil {
		return nil, err
	}
	time.Sleep(long)
	ended, err := bothCPU(ours, theirs)
	if err != nil {
		return nil, err
	}
	us, them := ended[0]-began[0], ended[1]-began[1]
	ratio := float64(us) / float64(them)
	written := ours.written() - wrote
	return []row{
		{"idle: bytes written", "0", fmt.Sprint(written), fmt.Sprintf("%.0f s on the first page", long.Seconds()), written > 0},
		{
			"idle: processor time", "<= 1.1x the do-nothing program", fmt.Sprintf("%.2fx", ratio),
			fmt.Sprintf("%s against %s in the same %.0f s", ms(us), ms(them), long.Seconds()), ratio > 1.1,
		},
	}, nil
}

func bothCPU(one, other *terminal) (cpu [2]time.Duration, err error) {
	for i, t := range []*terminal{one, other} {
		if cpu[i], err = cpuOf(t.cmd.Process.Pid); err != nil {
			return cpu, err
		}
	}
	return cpu, nil
}
