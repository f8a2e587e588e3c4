package js

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// packed is the folder runtime, as [Pack] writes it.
//
//go:generate go run ./pack
//go:embed runtime.gz
var packed []byte

// runtimeFiles are the scripts of the folder runtime, by path and without ".js".
var runtimeFiles = sync.OnceValues(func() (map[string]string, error) {
	text, err := Unpack(packed)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	if err := json.Unmarshal([]byte(text), &files); err != nil {
		return nil, fmt.Errorf("read embedded JavaScript: %w", err)
	}
	return files, nil
})

// Pack puts every script of a folder and its folders into one compressed file: a JSON object of texts by path.
func Pack(folder fs.FS) ([]byte, error) {
	files := map[string]string{}
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".js" {
			return err
		}
		text, err := fs.ReadFile(folder, name)
		files[strings.TrimSuffix(name, ".js")] = string(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(files)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(text)
	}
	if err == nil {
		err = w.Close()
	}
	return out.Bytes(), err
}

// Unpack is the text of an embedded script that was packed with gzip: the program is smaller by two thirds of each.
func Unpack(packed []byte) (string, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", fmt.Errorf("unpack embedded JavaScript: %w", err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return "", fmt.Errorf("unpack embedded JavaScript: %w", err)
	}
	return string(text), nil
}
