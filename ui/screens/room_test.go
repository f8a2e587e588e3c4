package screens_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// proofPage asks whether a message arrived, as the tests do.
func proofPage() wizard.Page {
	page := testPage()
	page.Lead = "Auth0 accepted the message, which proves nothing yet. Look at the phone."
	page.Blocks = page.Blocks[1:]
	page.Questions = []wizard.Question{
		{Key: "arrived", Kind: wizard.One, Title: "Did the message arrive?", Default: "yes", Options: []wizard.Option{
			{Value: "yes", Label: "Yes, it arrived"}, {Value: "no", Label: "No: send another one, nothing is switched"},
		}},
		{Key: "by", Kind: wizard.Line, Title: "Your name, for the report"},
	}
	page.Effect = movePage().Effect
	return page
}

// manyFields asks more than a window holds. Each field refuses what has no a in it.
func manyFields() wizard.Page {
	page := wizard.Page{ID: "many", Group: wizard.Choose, Title: "Many fields", Lead: strings.Repeat("A long lead. ", 20)}
	for i := range 6 {
		page.Questions = append(page.Questions, wizard.Question{
			Key: wizard.Key(fmt.Sprint(i)), Kind: wizard.Line, Title: fmt.Sprintf("Field %d", i), Help: "What it is for.",
			Check: func(v wizard.Value) error {
				if text, _ := v.(string); !strings.Contains(text, "a") {
					return fmt.Errorf("field %d has no a in it, which it must have for a reason of several lines", i)
				}
				return nil
			},
		})
	}
	return page
}

func sees(t *testing.T, screen string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			t.Errorf("%q is not on the screen:\n%s", text, screen)
		}
	}
}

func TestTheProofIsAskedInSight(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: func() time.Time { return noon }, Host: demoHost()}, acme(wizard.Demo), still(proofPage()), still(endPage()))
	screen := draw(t, r, 60, 20)
	sees(t, screen, "123456 is your code", "Did the message arrive?", "> Yes", "Your name", "[ Continue ]")
	if strings.Contains(screen, "more line") {
		t.Errorf("something is hidden:\n%s", screen)
	}
}

// The last line goes to what would be the only thing hidden.
func TestNothingIsHiddenForALineOfAir(t *testing.T) {
	t.Parallel()
	fullest := ""
	for n := range 30 {
		page := providerPage()
		page.Blocks = []wizard.Block{wizard.Code{Text: strings.Repeat("line\n", n) + "end"}}
		r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(page), still(endPage()))
		if screen := draw(t, r, 80, 24); !strings.Contains(screen, "more line") {
			fullest = screen
		}
	}
	sees(t, fullest, "    end\n  ┃ Provider")
}

// An open handset leaves the question in sight, and shows what came last.
func TestAnOpenHandsetLeavesRoom(t *testing.T) {
	t.Parallel()
	known := acme(wizard.Demo)
	for i := range 6 {
		known.Handset = append(known.Handset, wizard.Message{
			At: noon.Add(time.Duration(i) * time.Minute), To: "+15550001111", From: "+15550002222", Channel: "text", Text: fmt.Sprintf("%d is your code", 100000+i),
		})
	}
	for _, page := range []wizard.Page{providerPage(), proofPage(), twilioPage(), askedSwitch(), manyFields()} {
		for _, size := range sizes[:3] {
			r := newRoot(screens.Options{Now: time.Now, Host: demoHost()}, known, still(page), still(endPage()))
			draw(t, r, size[0], size[1])
			r.Update(tea.KeyPressMsg{Code: 'l', Mod: tea.ModCtrl})
			screen := draw(t, r, size[0], size[1])
			sees(t, screen, page.Questions[0].Title, "Phone", "100005 is your code")
			if older := strings.Index(screen, "100004"); older >= 0 && older < strings.Index(screen, "100005") {
				t.Errorf("the newest message does not come first:\n%s", screen)
			}
		}
	}
}

func TestAnErrorIsSeenWithItsQuestion(t *testing.T) {
	t.Parallel()
	for _, size := range sizes[:3] {
		r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(manyFields()), still(endPage()))
		draw(t, r, size[0], size[1])
		for i := range 6 {
			press(r, "enter")
			draw(t, r, size[0], size[1])
			press(r, "enter") // the first may only have brought it into sight
			sees(t, draw(t, r, size[0], size[1]), fmt.Sprintf("┃ Field %d", i), "┃ ›", fmt.Sprintf("field %d has no a in it", i), "several lines")
			press(r, "a")
			if i < 5 {
				press(r, "enter")
			}
		}
		for i := range 5 { // also on the way up
			r.Update(tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift})
			press(r, "backspace")
			press(r, "enter")
			sees(t, draw(t, r, size[0], size[1]), fmt.Sprintf("┃ Field %d", 4-i), "┃ ›", fmt.Sprintf("field %d has no a in it", 4-i))
		}
	}
}

// The domain is the tenant: of what the banner says it goes last.
func TestTheBannerKeepsTheDomain(t *testing.T) {
	t.Parallel()
	known := acme(wizard.Live)
	known.Name, known.Tenant.Domain = "Umbrella Rides Incorporated", "umbrella-rides.us.auth0.com"
	r := newRoot(screens.Options{Now: func() time.Time { return noon }}, known, still(endPage()), still(endPage()))
	for w, want := range map[int]string{
		100: "Umbrella Rides Incorporated · umbrella-rides.us.auth0.com · production",
		60:  "upe  umbrella-rides.us.auth0.com · production",
	} {
		banner, _, _ := strings.Cut(draw(t, r, w, 24), "\n")
		if !strings.Contains(banner, want) || !strings.HasSuffix(banner, "LIVE") {
			t.Errorf("at %d: %q", w, banner)
		}
	}
	known.Tenant.Domain = "a-rather-long-name-of-a-tenant.eu.auth0.com"
	r = newRoot(screens.Options{Now: func() time.Time { return noon }}, known, still(endPage()), still(endPage()))
	sees(t, draw(t, r, 60, 20), "upe  "+known.Tenant.Domain+" ")
}

func TestALongStepIsBroken(t *testing.T) {
	t.Parallel()
	page := reviewPage()
	page.Blocks = []wizard.Block{wizard.Steps{Items: []wizard.StepItem{{
		Title: "Set the delivery methods of the tenant-level provider to text and voice", OneWay: true,
	}, {Title: strings.Repeat("a title without an end ", 10)}}}}
	r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(page), still(endPage()))
	screen := draw(t, r, 60, 20)
	sees(t, screen, "provider to text and voice", "one-way", "…")
}

// What is wrong must be seen first where not all can be.
func TestErrorsComeFirstWhereThePageDoesNotFit(t *testing.T) {
	t.Parallel()
	page := providerPage()
	page.Blocks = []wizard.Block{
		wizard.Code{Title: "Console", Text: strings.Repeat("line\n", 30)},
		wizard.Text{Body: "The Action threw an error.", Tone: wizard.Bad},
	}
	r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(page), still(endPage()))
	for _, size := range sizes[:3] {
		sees(t, draw(t, r, size[0], size[1]), "✗ The Action threw an error.")
	}
	if screen := draw(t, r, 80, 80); strings.Index(screen, "✗") < strings.Index(screen, "Console") {
		t.Errorf("the order changed although all fits:\n%s", screen)
	}
}

func TestALongNoticeIsWhole(t *testing.T) {
	t.Parallel()
	known := acme(wizard.Live)
	known.Open = opened{}
	session := wizard.NewSessionWith(story(still(verifyPage()), still(providerPage()), still(endPage())), known, nil)
	session.Pass(nil)
	r := screens.New(screens.Options{Session: session, Now: func() time.Time { return noon }})
	draw(t, r, 60, 20)
	press(r, "esc")
	for _, size := range sizes[:3] {
		said := strings.Join(strings.Fields(draw(t, r, size[0], size[1])), " ")
		sees(t, said, "No way back: it undoes nothing. Leave, and start upe again: its first page offers to go on, and to take the run back.")
	}
}

// opened stands for an opened run.
type opened struct{ anyRun }

// anyRun is embedded under a name that no method has.
type anyRun = wizard.Run

func TestAMatrixWithoutARowSaysNothingAboutIt(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(methodsPage()), still(endPage()))
	sees(t, draw(t, r, 80, 24), "Documented: sms + voice")
	press(r, "down")
	press(r, "space")
	screen := draw(t, r, 80, 24)
	sees(t, screen, "✓ Every factor is covered.")
	if strings.Contains(strings.ToLower(screen), "document") {
		t.Errorf("got\n%s", screen)
	}
}

// The mode stands in the middle of its box, whatever mode it is.
func TestTheModeBoxIsEven(t *testing.T) {
	t.Parallel()
	for mode, word := range map[wizard.Mode]string{wizard.Demo: "DEMO", wizard.DryRun: "DRY RUN", wizard.Live: "LIVE", "emulated": "EMULATED"} {
		for _, w := range []int{60, 120} {
			r := newRoot(screens.Options{Now: time.Now}, acme(mode), still(endPage()), still(endPage()))
			termtest.Run(t, r, w, 24, func(s *termtest.Session) {
				shows(s, word)
				row := s.Styled()[0]
				inside := s.StyleOf(word).Bg
				from, to := 0, 0
				for x, cell := range row {
					if cell.Style.Bg != nil && cell.Style.Bg == inside {
						if to == 0 {
							from = x
						}
						to = x + 1
					}
				}
				box := ""
				for _, cell := range row[from:to] {
					box += cell.Content
				}
				if box != " "+word+" " {
					s.T.Errorf("the box at %d is %q", w, box)
				}
			})
		}
	}
}

// A question that is longer than the window keeps its title and what is wrong with the answer in sight, wherever one is in it.
func TestTitleAndErrorStayInSight(t *testing.T) {
	t.Parallel()
	page := wizard.Page{ID: "long", Group: wizard.Choose, Title: "Yours to decide", Lead: strings.Repeat("A long lead. ", 20)}
	q := wizard.Question{
		Key: "accept", Kind: wizard.Many, Title: "I know, and have decided how to deal with it", Help: "Mark each of them.",
		Check: func(wizard.Value) error { return fmt.Errorf("not decided yet: the last one") },
	}
	for i := range 12 {
		q.Options = append(q.Options, wizard.Option{
			Value: fmt.Sprint(i), Label: fmt.Sprintf("The finding %d", i), Consequence: strings.Repeat("what it leads to and what to do about it ", 4),
		})
	}
	page.Questions = []wizard.Question{q, {Key: "who", Kind: wizard.Line, Title: "Your name"}}
	for _, size := range [][2]int{{80, 24}, {60, 20}} {
		r := newRoot(screens.Options{}, acme(wizard.Demo), still(page), still(endPage()))
		termtest.Run(t, r, size[0], size[1], func(s *termtest.Session) {
			s.Press("down", "up", "enter")
			for i := range 12 {
				sees(t, s.Screen(), q.Title, "not decided yet: the last one", fmt.Sprintf("The finding %d", i))
				termtest.Fits(s.T, s.Screen(), size[0], size[1])
				s.Press("down")
			}
		})
	}
}

// A name by which a person decides is broken over lines and not cut.
func TestNamesAreNotCut(t *testing.T) {
	t.Parallel()
	name := `Passwordless "meter-readers-of-the-northern-district"`
	page := wizard.Page{ID: "sends", Group: wizard.Choose, Title: "Who sends", Blocks: []wizard.Block{wizard.Facts{Rows: []wizard.Fact{
		{Label: "MFA", Value: "Twilio"}, {Label: name, Value: "an SMS gateway"},
	}}}}
	for _, size := range [][2]int{{80, 24}, {60, 20}, {95, 30}} {
		r := newRoot(screens.Options{}, acme(wizard.Demo), still(page), still(endPage()))
		said := strings.Join(strings.Fields(draw(t, r, size[0], size[1])), "")
		sees(t, strings.ReplaceAll(said, "anSMSgateway", ""), strings.ReplaceAll(name, " ", ""))
	}
}
