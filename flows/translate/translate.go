package translate

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"upe/flows/js"
	"upe/flows/syntax"
)

// newRuntime is the runtime of every translated Action: of those that custom-phone-provider supports, the one that is not at its end.
const newRuntime = "node22"

// Translate makes an Action of custom-phone-provider. The error is about the translator; code that cannot be translated is a
// [Translation] whose Style is [Refused]. The same source and options make the same translation.
func Translate(ctx context.Context, source Source, options Options) (Translation, error) {
	s, err := newStudy(ctx, source)
	if err != nil {
		return Translation{}, err
	}
	a := answers{types: source.MessageTypes, facts: s.facts}
	t := Translation{Reading: s.reading, Runtime: newRuntime, Secrets: s.reading.Secrets, Modules: s.reading.Modules}
	t.Remarks = append(t.Remarks, s.reading.Why...)
	switch s.reading.Class {
	case Delivers:
	case Migrated:
		t.Style, t.Code = None, source.Code
		return t, nil
	case HalfMigrated:
		if s.under == oldHandler {
			t.Style, t.Edits = Rename, s.program.renameExport()
			if len(t.Edits) == 0 {
				t.Remarks = append(t.Remarks, Remark{Severity: Stops, Text: "the export's name is put together at run time: change it by hand to " + newHandler})
				t = t.refuse()
			}
			return t.finish(source.Code, s)
		}
	default:
		return t.refuse(), nil
	}
	t.Decisions = s.decisions(a, options.Decided)
	a.decided = answered(t.Decisions)
	if err := t.choose(ctx, s, a, options.Style); err != nil {
		return Translation{}, err
	}
	return t.finish(source.Code, s)
}

// refuse empties what is only there with code.
func (t Translation) refuse() Translation {
	t.Style, t.Code, t.Edits, t.Decisions = Refused, "", nil, nil
	return t
}

// choose takes the first style that can be exact.
func (t *Translation) choose(ctx context.Context, s *study, a answers, want Style) error {
	troubles := s.noRewrite()
	if want != Adapter && len(troubles) == 0 {
		var r *rewrite
		r, troubles = newRewrite(s.trace, a)
		if len(troubles) == 0 {
			t.Style, t.Edits = Rewrite, slices.Concat(r.edits, s.program.renameExport(), s.program.removeOthers(s.reading.Others))
			if err := s.readable(ctx, t.Edits); err == nil || ctx.Err() != nil {
				return err
			}
			troubles = []trouble{{row: 23, text: "the edited code would not parse"}}
		}
	}
	t.because(s, troubles, want)
	if want == Rewrite || s.noAdapter() != "" {
		if reason := s.noAdapter(); want != Rewrite {
			t.Remarks = append(t.Remarks, Remark{Severity: Stops, Text: reason})
		}
		*t = t.refuse()
		return nil
	}
	t.Style = Adapter
	t.Edits = append(s.program.removeOthers(s.reading.Others), s.adapter(a).edit(s.program))
	return nil
}

// because says why there is no rewrite.
func (t *Translation) because(s *study, troubles []trouble, want Style) {
	severity := Note
	if want == Rewrite {
		severity = Stops
	}
	said := map[Remark]bool{}
	for _, x := range troubles {
		r := Remark{Case: x.row, Severity: severity, Text: "no edit in place: " + x.text}
		if x.node != nil {
			r.Line = s.line(x.node)
		}
		if !said[r] {
			said[r] = true
			t.Remarks = append(t.Remarks, r)
		}
	}
}

// noRewrite says what rules a rewrite out before it is tried.
func (s *study) noRewrite() []trouble {
	switch {
	case s.reading.Shape == ShapeHook:
		return []trouble{{node: s.handler, row: 26, text: "a Hook has other parameters and a callback"}}
	case s.reading.Shape == ShapeV1:
		return []trouble{{node: s.handler, row: 14, text: "the first version of the trigger has another event and other parameters"}}
	case s.handler == nil || s.whole || s.guessed || s.program.opaque:
		return []trouble{{text: "the handler is not exported in a way that shows which function it is"}}
	}
	return append(s.program.otherCalls(s.handler), s.program.apiElsewhere(s.handler)...)
}

// noAdapter says why an adapter cannot be right, or "".
func (s *study) noAdapter() string {
	if s.under == newHandler {
		return "the code exports " + newHandler + " already, and an adapter would override it"
	}
	if n := s.program.end(); n != nil {
		return fmt.Sprintf("the code ends at a return outside of any function, at line %d: nothing below it would run", s.line(n))
	}
	return ""
}

// end is a return outside of any function, which CommonJS allows: what is below it may not run.
func (p *program) end() *syntax.Node {
	for n := range p.Root.All() {
		if n.Is("ReturnStatement") && n.Function() == nil {
			return n
		}
	}
	return nil
}

// readable reports whether the code that edits make parses. The sandbox says so ten times faster than the parser, which is asked about
// syntax that is too new for the sandbox.
func (s *study) readable(ctx context.Context, edits []syntax.Edit) error {
	code, err := syntax.Apply(s.source.Code, edits)
	if err != nil || js.Compiles(ctx, code) == nil {
		return err
	}
	_, err = syntax.Parse(ctx, code)
	return err
}

func (s *study) adapter(a answers) adapter {
	out := adapter{answers: a, shape: s.reading.Shape}
	if s.whole {
		out.name = s.program.fresh("legacyHandler", "legacyPhoneHandler")
	}
	out.configuration = s.trace.has("configuration") || s.handler == nil && s.program.mentions("configuration")
	out.noCallback = s.handler != nil && len(s.handler.List("params")) < 4
	out.secrets = s.trace.has("secrets")
	out.frozen = s.program.frozen
	if s.trace != nil {
		out.unguarded = slices.ContainsFunc(s.trace.context, func(u use) bool {
			return u.node.Is("Property") || u.node.Is("MemberExpression") && !u.node.Optional() && !guarded(u.node)
		})
	}
	return out
}

// finish makes the code, and says what is to be known about it.
func (t Translation) finish(code string, s *study) (Translation, error) {
	if t.Style != Refused {
		t.Edits = syntax.Sorted(t.Edits)
		made, err := syntax.Apply(code, t.Edits)
		if err != nil {
			return Translation{}, fmt.Errorf("translate: %w", err)
		}
		t.Code = made
		t.Remarks = append(t.Remarks, s.remarks(t)...)
	}
	slices.SortStableFunc(t.Remarks, func(a, b Remark) int { return cmp.Compare(a.Line, b.Line) })
	return t, nil
}
