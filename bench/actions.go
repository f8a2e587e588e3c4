package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"upe/flows/proof"
	"upe/flows/translate"
)

// ordinaryAction is one that people have: a gateway, axios, and a retry.
const ordinaryAction = "flows/translate/testdata/actions/axios-gateway/legacy.js"

// actions measures the translation of an Action and its proof, in this process: one after the other, then many at once.
func actions(l *lab) ([]row, error) {
	code, err := os.ReadFile(ordinaryAction)
	if err != nil {
		return nil, err
	}
	var took samples
	sentence := ""
	for i := range l.few(30) + 1 {
		began := time.Now()
		if sentence, err = l.translateAndProve(string(code)); err != nil {
			return nil, err
		}
		if i > 0 { // the first loads the parser, once in a process
			took = append(took, time.Since(began))
		}
	}
	rows := []row{{
		"translate and prove one Action", "<= 50 ms", ms(took.median()),
		fmt.Sprintf("%s, %d cores, median of %d, best %s: %s", filepath.Base(filepath.Dir(ordinaryAction)), runtime.GOMAXPROCS(0), len(took), ms(took.at(0)), sentence),
		took.median() > 50*time.Millisecond,
	}}
	many, err := l.manyActions(l.few(100))
	return append(rows, many...), err
}

// manyActions takes real Actions, one core first and then all.
func (l *lab) manyActions(n int) ([]row, error) {
	files, err := filepath.Glob("flows/translate/testdata/actions/*/legacy.js")
	if err != nil || len(files) == 0 {
		return nil, errors.Join(errors.New("there are no Actions to translate"), err)
	}
	var codes []string
	for i := range n {
		code, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			return nil, err
		}
		codes = append(codes, string(code))
	}
	cores := runtime.NumCPU()
	alone, err := l.together(codes, 1)
	if err != nil {
		return nil, err
	}
	all, err := l.together(codes, cores)
	if err != nil {
		return nil, err
	}
	share := float64(alone) / float64(all) / float64(cores)
	return []row{{
		fmt.Sprintf("translate and prove %d Actions at once", n), "scales with the cores", fmt.Sprintf("%.2fx on %d cores", float64(alone)/float64(all), cores),
		fmt.Sprintf("%.2f s on one core, %.2f s on all: %.0f %% of what the cores could do; 80 %% counts as scaling", alone.Seconds(), all.Seconds(), 100*share), share < 0.8,
	}}, nil
}

// together translates and proves codes on so many cores.
func (l *lab) together(codes []string, cores int) (time.Duration, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	began := time.Now()
	next := make(chan string)
	failures := make([]error, cores)
	var group sync.WaitGroup
	for i := range cores {
		group.Go(func() {
			for code := range next {
				if _, err := l.translateAndProve(code); err != nil {
					failures[i] = err
				}
			}
		})
	}
	for _, code := range codes {
		next <- code
	}
	close(next)
	group.Wait()
	return time.Since(began), errors.Join(failures...)
}

// translateAndProve does what `upe translate` does with a file. What cannot be translated is not proven.
func (l *lab) translateAndProve(code string) (string, error) {
	source := translate.Source{Code: code}
	t, err := translate.Translate(l, source, translate.Options{})
	if err != nil || t.Code == "" {
		return "refused", err
	}
	p, err := proof.Prove(l, []proof.Flow{{Name: "MFA", Old: proof.Legacy(source)}}, t.Code, proof.Options{})
	return p.Sentence(), err
}
