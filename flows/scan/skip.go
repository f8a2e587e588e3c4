package scan

import (
	"bytes"
	"path"
	"strings"
)

// vendored are folders of other people's code, or of what was made from one's own. By name alone: `target` and `build` are folders
// that people also keep their own code in.
var vendored = map[string]bool{
	"node_modules": true, "bower_components": true, "jspm_packages": true, "vendor": true, "third_party": true, "dist": true,
	"site-packages": true, ".venv": true, "venv": true, "virtualenv": true, ".tox": true, "__pycache__": true, ".bundle": true,
	".terraform": true, ".terragrunt-cache": true, ".gradle": true, ".m2": true, "Pods": true, ".next": true, ".nuxt": true, ".svelte-kit": true,
	".yarn": true, ".pnpm-store": true, ".cache": true,
}

// repositories are folders of version control, which are never looked into.
var repositories = map[string]bool{".git": true, ".hg": true, ".svn": true, ".jj": true}

// minifiedName reports whether a name says that a program wrote the file from another: minified, bundled, or the map of such a file.
func minifiedName(name string) bool {
	file := path.Base(name)
	for _, part := range []string{".min.js", ".min.mjs", ".min.cjs", ".min.css", "-min.js", ".bundle.js", ".js.map", ".mjs.map", ".css.map"} {
		if strings.HasSuffix(file, part) {
			return true
		}
	}
	return false
}

// crowded is how many bytes a line of a script has on average when nobody wrote it by hand.
const crowded = 500

// minified reports whether a script was written by a program, by the length of its lines.
func minified(l language, data []byte) bool {
	return l == javascript && len(data)/(bytes.Count(data, []byte{'\n'})+1) > crowded
}

// sniffed is how much of a file is looked at to tell whether it is text, as git does.
const sniffed = 8000

// isBinary reports whether data is no text.
func isBinary(data []byte) bool { return bytes.IndexByte(data[:min(len(data), sniffed)], 0) >= 0 }
