package termtest_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"

	"upe/ui/termtest"
)

// final is the picker at the end of a session.
func final(s *termtest.Session) (*picker, error) {
	s.T.Helper()
	m, err := s.Final()
	p, ok := m.(*picker)
	if !ok {
		s.T.Fatalf("the model is a %T", m)
	}
	return p, err
}

// So often that what happens rarely happens.
func TestASessionIsTheSameEveryTime(t *testing.T) {
	t.Parallel()
	for i := range 20 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			termtest.Run(t, newPicker(slowTenants), 40, 8, func(s *termtest.Session) {
				termtest.Golden(s.T, "loading", s.Screen())
				s.WaitText("globex")
				s.Type("acme")
				s.Press("down", "down", "up", "down")
				s.Press("esc", "esc")
				termtest.Golden(s.T, "picking", s.Screen())
				if x, y, shown := s.Cursor(); x != 6 || y != 0 || !shown {
					s.T.Errorf("the cursor is at %d,%d, shown: %v", x, y, shown)
				}
				s.Press("enter")
				if got, err := final(s); got.picked != "acme-dev" || err != nil {
					s.T.Errorf("picked %q, %v", got.picked, err)
				}
				if s.AltScreen() || s.Screen() != "" {
					s.T.Errorf("the terminal is not as it was before: %q", s.Screen())
				}
			})
		})
	}
}

func TestASessionWithAServer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		time.Sleep(30 * time.Millisecond)
		fmt.Fprint(w, "acme\nacme-dev\nglobex\n日本")
	}))
	t.Cleanup(server.Close)
	fetch := func() ([]string, error) {
		ask, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, http.NoBody)
		if err != nil {
			return nil, err
		}
		answer, err := server.Client().Do(ask)
		if err != nil {
			return nil, err
		}
		defer func() { _ = answer.Body.Close() }()
		body, err := io.ReadAll(answer.Body)
		return strings.Split(string(body), "\n"), err
	}
	for i := range 5 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			termtest.RunReal(t, newPicker(fetch), 40, 8, func(s *termtest.Session) {
				s.Type("acme")
				s.Press("down", "esc", "esc")
				termtest.Golden(s.T, "picking", s.Screen())
				s.Press("enter")
				if got, err := final(s); got.picked != "acme-dev" || err != nil {
					s.T.Errorf("picked %q, %v", got.picked, err)
				}
			})
		})
	}
}

func TestBusyMayBeToldFromOutside(t *testing.T) {
	t.Parallel()
	model := quiet{newPicker(func() ([]string, error) {
		time.Sleep(50 * time.Millisecond)
		return tenants()
	})}
	loading := func(m tea.Model) bool {
		q, ok := m.(quiet)
		return ok && q.picker.loading
	}
	termtest.RunReal(t, model, 40, 8, func(s *termtest.Session) {
		if !strings.Contains(s.Screen(), "globex") {
			s.T.Errorf("idle too early:\n%s", s.Screen())
		}
	}, termtest.Busy(loading))
}

// quiet is a picker that does not say when it is busy.
type quiet struct{ picker *picker }

func (q quiet) Init() tea.Cmd  { return q.picker.Init() }
func (q quiet) View() tea.View { return q.picker.View() }
func (q quiet) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := q.picker.Update(msg)
	return q, cmd
}

func TestTimePassesForFree(t *testing.T) {
	t.Parallel()
	never := func() ([]string, error) { time.Sleep(50 * time.Second); return nil, nil }
	termtest.Run(t, newPicker(never), 40, 8, func(s *termtest.Session) {
		s.Sleep(40 * time.Second)
		if !strings.Contains(s.Screen(), "loading, 40s") {
			s.T.Errorf("got\n%s", s.Screen())
		}
	})
}

func TestPaste(t *testing.T) {
	t.Parallel()
	termtest.Run(t, newPicker(tenants), 40, 8, func(s *termtest.Session) {
		s.Paste("glo\nbex")
		if !strings.Contains(s.Screen(), "> glo bex") {
			s.T.Errorf("got\n%s", s.Screen())
		}
		s.Press("ctrl+c")
		got, err := final(s)
		if got.pasted != "glo\nbex" {
			s.T.Errorf("one paste arrived as %q", got.pasted)
		}
		if !errors.Is(err, tea.ErrInterrupted) {
			s.T.Errorf("ended with %v", err)
		}
	})
}

func TestResizeAndBackground(t *testing.T) {
	t.Parallel()
	termtest.Run(t, newPicker(tenants), 40, 8, func(s *termtest.Session) {
		s.Resize(60, 20)
		if !strings.Contains(s.Screen(), "60x20 dark=false") {
			s.T.Errorf("got\n%s", s.Screen())
		}
		if rows := s.Styled(); len(rows) != 20 || len(rows[0]) != 60 {
			s.T.Errorf("the terminal has %d rows", len(rows))
		}
	}, termtest.Light())
}

func TestStyles(t *testing.T) {
	t.Parallel()
	termtest.Run(t, newPicker(tenants), 40, 8, func(s *termtest.Session) {
		s.Type("日")
		style := s.StyleOf("日本")
		if r, _, _, _ := style.Fg.RGBA(); r != 0xffff || style.Attrs != uv.AttrBold {
			s.T.Errorf("got %+v", style)
		}
		if plain := s.StyleOf("dark="); !plain.IsZero() {
			s.T.Errorf("got %+v", plain)
		}
	})
	termtest.Run(t, newPicker(tenants), 40, 8, func(s *termtest.Session) {
		if style := s.StyleOf("> acme"); style.Fg != nil || style.Attrs != uv.AttrBold {
			s.T.Errorf("without colours: got %+v", style)
		}
	}, termtest.Colours(colorprofile.ASCII))
}

func TestBytesKeepWhatTheScreenForgot(t *testing.T) {
	t.Parallel()
	termtest.Run(t, newPicker(tenants), 40, 8, func(s *termtest.Session) {
		s.Paste("hunter2")
		s.Press("ctrl+u")
		if strings.Contains(s.Screen(), "hunter2") || !strings.Contains(string(s.Bytes()), "hunter2") {
			s.T.Errorf("screen:\n%s\nbytes: %q", s.Screen(), s.Bytes())
		}
	})
}

func TestKeysArriveByName(t *testing.T) {
	t.Parallel()
	keys := []string{
		"enter", "tab", "shift+tab", "esc", "space", "backspace", "insert", "delete", "pgup", "pgdown", "home", "end",
		"up", "down", "left", "right", "f1", "f2", "f3", "f4", "ctrl+a", "ctrl+c", "ctrl+z", "alt+x", "alt+enter", "a", "?", "é", "日",
	}
	m := &recorder{}
	termtest.Run(t, m, 20, 4, func(s *termtest.Session) { s.Press(keys...) })
	if got, want := strings.Join(m.keys, " "), strings.Join(keys, " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// recorder keeps the names of the keys it was sent.
type recorder struct{ keys []string }

func (r *recorder) Init() tea.Cmd  { return nil }
func (r *recorder) View() tea.View { return tea.NewView("") }
func (r *recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		r.keys = append(r.keys, k.String())
	}
	return r, nil
}

func TestAProgramMayEndInTheMiddleOfTyping(t *testing.T) {
	t.Parallel()
	termtest.Run(t, newPicker(tenants), 40, 8, func(s *termtest.Session) {
		s.Type("glo\rnobody reads this")
		if got, err := final(s); got.picked != "globex" || err != nil {
			s.T.Errorf("picked %q, %v", got.picked, err)
		}
		s.Press("esc", "enter")
	})
}

func TestAProgramMayEndAtOnce(t *testing.T) {
	t.Parallel()
	termtest.Run(t, quitter{}, 40, 8, func(s *termtest.Session) {
		if _, err := s.Final(); err != nil || !s.Ended() {
			s.T.Errorf("ended: %v, %v", s.Ended(), err)
		}
	})
}

// quitter ends before the terminal has answered its first questions.
type quitter struct{}

func (quitter) Init() tea.Cmd                         { return tea.Batch(tea.Quit, tea.RequestBackgroundColor) }
func (quitter) View() tea.View                        { return tea.NewView("bye") }
func (q quitter) Update(tea.Msg) (tea.Model, tea.Cmd) { return q, nil }
