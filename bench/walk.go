package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"upe/client/emulator"
	"upe/testdata"
)

// biggest is the embedded tenant with 1,200 connections and 150 Actions.
const biggest = "many"

// The keys, as a terminal sends them.
const (
	enter = "\r"
	space = " "
	up    = "\x1b[A"
	down  = "\x1b[B"
	pgup  = "\x1b[5~"
	pgdn  = "\x1b[6~"
	f1    = "\x1bOP"
)

// visit is what is typed on a page where enter is not enough, as most is answered by the file of answers.
type visit struct {
	title string
	types []string
}

// visits are those of the biggest tenant.
var visits = []visit{
	{"Did the message arrive?", []string{up, enter, "Robin", enter, enter}},
	{"Switch MFA on now?", []string{down, enter, enter}},
	{"on now?", []string{down, enter, enter}},
	{"Could you log in", []string{up, enter, enter, enter}},
}

// lastPage is what stands on the last page.
const lastPage = "Every switch is confirmed"

// maxPages is more than the longest way has.
const maxPages = 120

// walk goes through the whole wizard, page by page. look is called on every page before anything is typed, with its stage and title.
// enters takes the time from the last key of a page to the first change of the screen.
func (t *terminal) walk(look func(stage, title string) error, enters func(stage string, took time.Duration)) error {
	for range maxPages {
		if err := t.rest(700*time.Millisecond, 30*time.Second); err != nil {
			return err
		}
		text := t.text()
		if strings.Contains(text, lastPage) {
			return nil
		}
		if strings.Contains(text, "Not finished:") {
			return fmt.Errorf("the wizard is in trouble:\n%s", text)
		}
		stage, title := headings(text)
		if err := look(stage, title); err != nil {
			return err
		}
		time.Sleep(400 * time.Millisecond) // where enter consents to a write, keys that come too fast are refused
		typed := []string{enter}
		for _, v := range visits {
			if strings.Contains(text, v.title) {
				typed = v.types
				break
			}
		}
		for _, key := range typed {
			took, err := t.press(key, 350*time.Millisecond)
			if err != nil {
				return err
			}
			enters(stage, took)
		}
	}
	return fmt.Errorf("the wizard did not end after %d pages:\n%s", maxPages, t.text())
}

// headings reads the stage and the title off a screen: "● Look" in the second line, the title below.
func headings(text string) (stage, title string) {
	lines := strings.Split(text, "\n")
	for _, line := range lines {
		if _, after, ok := strings.Cut(line, "●"); ok {
			stage, _, _ = strings.Cut(strings.TrimSpace(after), "  ")
			stage = strings.TrimSuffix(stage, " current") // where there is room for the word
			break
		}
	}
	for _, line := range lines[min(2, len(lines)):] {
		if line = strings.TrimSpace(line); line != "" {
			return stage, line
		}
	}
	return stage, ""
}

// answers writes what the admin of an embedded tenant would answer, and returns the folder and what the environment holds.
func (l *lab) answers(name string) (folder string, env []string, err error) {
	expected, err := testdata.Expectation(name)
	if err != nil {
		return "", nil, err
	}
	if folder, err = os.MkdirTemp(l.work, "answers-"); err != nil {
		return "", nil, err
	}
	files := map[string]string{"answers.yaml": string(expected.Answers)}
	for file, content := range expected.Files {
		files[file] = content
	}
	for file, content := range files {
		if err := os.WriteFile(filepath.Join(folder, file), []byte(content), 0o600); err != nil {
			return "", nil, err
		}
	}
	env = []string{"XDG_STATE_HOME=" + folder}
	for _, variable := range []string{"UPE_TEST_GATEWAY_TOKEN", "UPE_TEST_TWILIO_AUTH_TOKEN"} {
		env = append(env, variable+"="+testdata.Secret(variable))
	}
	return folder, env, nil
}

// embedded makes an emulated tenant of those that come with the program.
func embedded(name string, o emulator.Options) (*emulator.Tenant, error) {
	file, err := testdata.Tenant(name)
	if err != nil {
		return nil, err
	}
	o.File = file
	return emulator.New(o)
}
