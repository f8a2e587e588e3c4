package scan

import (
	"path"
	"strings"
)

// language is what a file is written in, as far as its name tells.
type language string

const (
	anyText    language = ""
	javascript language = "javascript"
	python     language = "python"
	java       language = "java" // and what else runs there
	dotnet     language = "dotnet"
	golang     language = "go"
	php        language = "php"
	ruby       language = "ruby"
	terraform  language = "terraform"
	yaml       language = "yaml"
	json       language = "json"
	shell      language = "shell"
	document   language = "document"
)

// languages by extension.
var languages = map[string]language{
	".js": javascript, ".mjs": javascript, ".cjs": javascript, ".jsx": javascript, ".ts": javascript, ".mts": javascript,
	".cts": javascript, ".tsx": javascript, ".vue": javascript, ".svelte": javascript, ".astro": javascript,
	".py": python, ".pyi": python, ".pyw": python,
	".java": java, ".kt": java, ".kts": java, ".scala": java, ".groovy": java, ".gradle": java, ".clj": java,
	".cs": dotnet, ".vb": dotnet, ".fs": dotnet, ".fsx": dotnet, ".cshtml": dotnet, ".razor": dotnet,
	".go": golang, ".php": php, ".phtml": php, ".inc": php,
	".rb": ruby, ".rake": ruby, ".erb": ruby, ".ru": ruby,
	".tf": terraform, ".tofu": terraform, ".hcl": terraform, ".tfvars": terraform,
	".yaml": yaml, ".yml": yaml, ".json": json, ".jsonc": json, ".json5": json,
	".sh": shell, ".bash": shell, ".zsh": shell, ".fish": shell, ".ps1": shell, ".psm1": shell, ".bat": shell, ".cmd": shell, ".mk": shell,
	".md": document, ".mdx": document, ".rst": document, ".adoc": document, ".txt": document, ".html": document, ".htm": document,
}

// named are files without an extension that tell.
var named = map[string]language{
	"Makefile": shell, "makefile": shell, "Justfile": shell, "justfile": shell, "Dockerfile": shell, "Jenkinsfile": java,
	"Rakefile": ruby, "Gemfile": ruby,
}

func languageOf(name string) language {
	file := path.Base(name)
	if strings.HasSuffix(file, ".tf.json") {
		return terraform
	}
	if l, ok := languages[strings.ToLower(path.Ext(file))]; ok {
		return l
	}
	return named[file]
}

// marks are what comments of a language begin with.
func (l language) marks() []string {
	switch l {
	case javascript, java, dotnet, golang:
		return []string{"//", "/*", "* "}
	case php, terraform:
		return []string{"//", "/*", "* ", "#"}
	case python, ruby, yaml, shell:
		return []string{"#"}
	case anyText, json, document:
	}
	return nil
}

// commented reports whether a line is nothing but a comment.
func (l language) commented(line string) bool {
	line = strings.TrimSpace(line)
	for _, mark := range l.marks() {
		if !strings.HasPrefix(line, mark) {
			continue
		}
		// A preprocessor line of PHP or a shebang never holds a call; an attribute of PHP 8 does, behind #[.
		return !strings.HasPrefix(line, "#[")
	}
	return false
}
