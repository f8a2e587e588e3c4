package scan

import "strings"

// ignoreFile is one .gitignore: its rules, and the folder they are relative to.
type ignoreFile struct {
	folder string // "" for the root of the tree
	rules  []ignoreRule
}

// ignoreRule is one line of it, as gitignore(5) describes.
type ignoreRule struct {
	negated  bool     // the line begins with an exclamation mark
	folders  bool     // it ends with a slash: only folders are meant
	anchored bool     // it has another slash: the path counts, not the name alone
	segments []string // of the pattern
	plain    bool     // without wildcards
}

// parseIgnore reads a .gitignore.
func parseIgnore(folder, content string) ignoreFile {
	f := ignoreFile{folder: folder}
	for line := range strings.Lines(strings.TrimPrefix(content, "\ufeff")) {
		if rule, ok := parseRule(strings.TrimRight(line, "\r\n")); ok {
			f.rules = append(f.rules, rule)
		}
	}
	return f
}

func parseRule(line string) (ignoreRule, bool) {
	r := ignoreRule{}
	line = trimSpaces(line)
	if strings.HasPrefix(line, "#") {
		return r, false
	}
	if strings.HasPrefix(line, "!") {
		r.negated, line = true, line[1:]
	}
	if strings.HasSuffix(line, "/") {
		r.folders, line = true, strings.TrimRight(line, "/")
	}
	r.anchored = strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return r, false
	}
	r.segments = strings.Split(line, "/")
	r.plain = !strings.ContainsAny(line, `*?[\`)
	return r, true
}

// trimSpaces takes spaces from the end, but for one that a backslash keeps.
func trimSpaces(line string) string {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	return line
}

// ignored reports whether the files, those of the outermost folder first, leave out a path. In a file the last rule that
// matches decides; of several files the innermost.
func ignored(files []ignoreFile, path string, folder bool) bool {
	for i := len(files) - 1; i >= 0; i-- {
		inside := path
		if files[i].folder != "" {
			inside = strings.TrimPrefix(path, files[i].folder+"/")
		}
		rules := files[i].rules
		for j := len(rules) - 1; j >= 0; j-- {
			if rules[j].matches(inside, folder) {
				return !rules[j].negated
			}
		}
	}
	return false
}

func (r ignoreRule) matches(path string, folder bool) bool {
	if r.folders && !folder {
		return false
	}
	if !r.anchored {
		name := path[strings.LastIndexByte(path, '/')+1:]
		if r.plain {
			return name == r.segments[0]
		}
		return glob(r.segments[0], name)
	}
	if r.plain {
		return path == strings.Join(r.segments, "/")
	}
	return globPath(r.segments, strings.Split(path, "/"))
}

// globPath matches segments; ** stands for any number of them, and at the end for at least one.
func globPath(pattern, path []string) bool {
	star, from := -1, 0 // the last ** and the segment it has taken up to
	p, s := 0, 0
	for s < len(path) {
		switch {
		case p < len(pattern) && pattern[p] == "**":
			if p == len(pattern)-1 {
				return true
			}
			star, from = p, s
			p++
		case p < len(pattern) && glob(pattern[p], path[s]):
			p, s = p+1, s+1
		case star >= 0:
			from++
			p, s = star+1, from
		default:
			return false
		}
	}
	return p == len(pattern)
}

// glob matches one segment: * for any letters, ? for one, [a-z] for one of a set, a backslash before a letter that means itself.
func glob(pattern, name string) bool {
	star, from := -1, 0
	p, n := 0, 0
	for n < len(name) {
		if p < len(pattern) && pattern[p] == '*' {
			star, from = p, n
			p++
			continue
		}
		if width := one(pattern[p:], name[n]); width > 0 {
			p, n = p+width, n+1
			continue
		}
		if star < 0 {
			return false
		}
		from++
		p, n = star+1, from
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// one is how much of the pattern matches a single byte; 0 when it does not.
func one(pattern string, c byte) int {
	switch {
	case pattern == "":
		return 0
	case pattern[0] == '?':
		return 1
	case pattern[0] == '[':
		return set(pattern, c)
	case pattern[0] == '\\' && len(pattern) > 1:
		if pattern[1] == c {
			return 2
		}
		return 0
	case pattern[0] == c:
		return 1
	}
	return 0
}

// set matches [a-z], [!a-z] and [^a-z]. A bracket that is never closed matches nothing.
func set(pattern string, c byte) int {
	i, negated, hit := 1, false, false
	if i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^') {
		negated, i = true, i+1
	}
	for first := true; i < len(pattern); first = false {
		if pattern[i] == ']' && !first {
			if hit != negated {
				return i + 1
			}
			return 0
		}
		low, next := escaped(pattern, i)
		high := low
		if next+1 < len(pattern) && pattern[next] == '-' && pattern[next+1] != ']' {
			high, next = escaped(pattern, next+1)
		}
		hit = hit || low <= c && c <= high
		i = next
	}
	return 0
}

// escaped is the byte at i, and where the next one is.
func escaped(pattern string, i int) (byte, int) {
	if pattern[i] == '\\' && i+1 < len(pattern) {
		return pattern[i+1], i + 2
	}
	return pattern[i], i + 1
}
