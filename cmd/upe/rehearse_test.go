package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"upe/client/emulator"
	"upe/client/rehearsal"
	"upe/flows/wizard"
	"upe/ui/termtest"
)

// What a rehearsal came to is an exit code for scripts, and a tone on a page.
func TestRehearsalsBecomeExitCodes(t *testing.T) {
	t.Parallel()
	world := func(name string, migrates, returns rehearsal.Result) rehearsal.World {
		held := rehearsal.Outcome{Result: migrates, Times: 1}
		return rehearsal.World{World: name, Title: name, Migrates: held, Crashes: held, Returns: rehearsal.Outcome{Result: returns, Times: 1}}
	}
	for name, tt := range map[string]struct {
		found rehearsal.Rehearsal
		exit  exitCode
		code  string
	}{
		"holds":            {rehearsal.Rehearsal{Result: rehearsal.Holds, Worlds: []rehearsal.World{world("docs", rehearsal.Holds, rehearsal.Holds)}}, exitOK, ""},
		"a stated gap":     {rehearsal.Rehearsal{Result: rehearsal.Gap, Worlds: []rehearsal.World{world("docs", rehearsal.Gap, rehearsal.Holds)}}, exitOK, ""},
		"refused in one":   {rehearsal.Rehearsal{Result: rehearsal.Refused, Worlds: []rehearsal.World{world("docs", rehearsal.Holds, rehearsal.Holds), world("one-way", rehearsal.Refused, rehearsal.Holds)}}, exitOK, ""},
		"refused":          {rehearsal.Rehearsal{Result: rehearsal.Refused, Worlds: []rehearsal.World{world("docs", rehearsal.Refused, rehearsal.Holds)}}, exitRefused, "plan-refused"},
		"no way back":      {rehearsal.Rehearsal{Result: rehearsal.Refused, Worlds: []rehearsal.World{world("docs", rehearsal.Holds, rehearsal.Refused)}}, exitDecision, "rehearsal-stops"},
		"not all":          {rehearsal.Rehearsal{Result: rehearsal.Holds, Missing: []string{"mfa voice"}, Worlds: []rehearsal.World{world("docs", rehearsal.Holds, rehearsal.Holds)}}, exitDecision, "not-rehearsed"},
		"another end":      {rehearsal.Rehearsal{Result: rehearsal.Differs, Worlds: []rehearsal.World{world("docs", rehearsal.Holds, rehearsal.Differs)}}, exitRefused, "rehearsal-differs"},
		"a code is lost":   {rehearsal.Rehearsal{Result: rehearsal.Lost, Worlds: []rehearsal.World{world("docs", rehearsal.Lost, rehearsal.Holds)}}, exitRefused, "codes-lost"},
		"lost and refused": {rehearsal.Rehearsal{Result: rehearsal.Lost, Worlds: []rehearsal.World{world("docs", rehearsal.Refused, rehearsal.Lost)}}, exitRefused, "codes-lost"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var p *problem
			switch err := rehearsed(tt.found); {
			case tt.code == "" && err != nil:
				t.Errorf("error %v", err)
			case tt.code != "" && (!errors.As(err, &p) || p.exit != tt.exit || p.code != tt.code):
				t.Errorf("problem %+v, want %s with exit code %d", p, tt.code, tt.exit)
			}
		})
	}
}

func TestAWorldOnAPage(t *testing.T) {
	t.Parallel()
	remark := rehearsal.Outcome{Result: rehearsal.Refused, Times: 1, Step: "provider", Reason: "403"}
	for name, tt := range map[string]struct {
		world rehearsal.World
		tone  wizard.Tone
		value string
	}{
		"holds":           {rehearsal.World{Migrates: rehearsal.Outcome{Result: rehearsal.Holds, Times: 1}, Crashes: rehearsal.Outcome{Result: rehearsal.Holds, Times: 9}}, wizard.Plain, "holds, after a crash holds"},
		"refused":         {rehearsal.World{Migrates: remark, Crashes: remark}, wizard.Careful, "refused, after a crash refused"},
		"lost":            {rehearsal.World{Migrates: rehearsal.Outcome{Result: rehearsal.Lost, Times: 1}, Returns: remark}, wizard.Bad, "lost, going back refused"},
		"not this tenant": {rehearsal.World{Impossible: "it shows otherwise"}, wizard.Plain, "not this tenant"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := worldFact(tt.world)
			if got.Tone != tt.tone || got.Value != tt.value {
				t.Errorf("%+v, want %q in tone %q", got, tt.value, tt.tone)
			}
			if strings.Count(got.Note, "stops at provider") > 1 {
				t.Errorf("said twice: %s", got.Note)
			}
		})
	}
}

// On the plan's page r rehearses it; the page stays, with what came of it.
func TestRehearsedOnTheScreens(t *testing.T) {
	t.Parallel()
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 40}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			t.Parallel()
			a, embedded := testApp(t), embed(t, "mfa-twilio")
			model := &lazy{build: func() tea.Model {
				root, _ := a.screens(context.Background(), inProcess(t, embedded))
				return root
			}}
			termtest.Run(t, model, size.w, size.h, func(s *termtest.Session) {
				for _, v := range trips()[0].visits {
					if v.title == "The plan" {
						break
					}
					visitAll(s, []visit{v}, size.w, size.h)
				}
				visitAll(s, []visit{{"The plan", []string{"r"}}, {"Every code came after every write", nil}}, size.w, size.h)
				screen := s.Screen()
				termtest.Fits(s.T, screen, size.w, size.h)
				termtest.Golden(s.T, filepath.Join("screens", fmt.Sprintf("rehearsal-%dx%d", size.w, size.h)), screen)
			})
			if writes := slices.DeleteFunc(embedded.Requests(), func(r emulator.Request) bool { return r.Method == "GET" }); len(writes) > 0 {
				t.Errorf("the rehearsal wrote to the tenant: %v", writes)
			}
		})
	}
}
