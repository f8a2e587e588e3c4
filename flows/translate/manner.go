package translate

import (
	"slices"
	"strings"
)

// What is added to code is written as the rest of it is: its line ends, its indentation, its semicolons.

func eolOf(code string) string {
	if crlf := strings.Count(code, "\r\n"); crlf > 0 && crlf*2 > strings.Count(code, "\n") {
		return "\r\n"
	}
	return "\n"
}

// step is one step of indentation: a tab, or the fewest blanks that a line begins with.
func (p *program) step() string {
	if strings.Contains(p.Code, "\n\t") {
		return "\t"
	}
	step := 8
	for line := range strings.Lines(p.Code) {
		text := strings.TrimLeft(line, " ")
		if blanks := len(line) - len(text); blanks > 1 && !strings.HasPrefix(text, "*") && strings.TrimSpace(text) != "" {
			step = min(step, blanks)
		}
	}
	if step != 4 {
		step = 2
	}
	return strings.Repeat(" ", step)
}

// endless reports whether no statement ends with a semicolon, as some write.
func (p *program) endless() bool {
	without := 0
	for n := range p.Root.All() {
		if !n.Is("ExpressionStatement", "VariableDeclaration", "ReturnStatement") || !n.Parent.Is("Program", "BlockStatement", "SwitchCase") {
			continue
		}
		if text, ended := strings.CutSuffix(p.Source(n), ";"); ended && strings.TrimSpace(text) == text { // else it begins the next line
			return false
		}
		if rest, _, _ := strings.Cut(p.Code[n.End:], "\n"); strings.TrimSpace(rest) == "" {
			without++
		}
	}
	return without > 1
}

// ended are statements with or without their semicolons. next is the code behind them, which could continue the last one.
func (p *program) ended(lines []string, next string) []string {
	if !p.endless() {
		return lines
	}
	lines = slices.Clone(lines)
	for i, line := range lines {
		if i < len(lines)-1 || next == "" || !strings.ContainsRune("([`+-/*.,", rune(next[0])) {
			lines[i] = strings.TrimSuffix(line, ";")
		}
	}
	return lines
}

// semicolon is what ends a statement.
func (p *program) semicolon() string {
	if p.endless() {
		return ""
	}
	return ";"
}

// lay puts lines under each other, each after a line end. Their own indentation is in steps of two blanks.
func (p *program) lay(lines []string, indent string) string {
	eol, step := eolOf(p.Code), p.step()
	var out strings.Builder
	for _, line := range lines {
		text := strings.TrimLeft(line, " ")
		out.WriteString(eol)
		if text != "" {
			out.WriteString(indent + strings.Repeat(step, (len(line)-len(text))/2) + text)
		}
	}
	return out.String()
}
