package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// change is one fix; its edits speak of the files on disk and are disjoint.
type change struct {
	ID    string
	Edits []edit
}

// edit replaces bytes of a file, named relative to the folder.
type edit struct {
	File       string
	Start, End int
	NewText    string
}

type verdict struct {
	ID string `json:"id"`
	// Built tells whether the compiler would look at all files here; otherwise nothing is known of types.
	Built bool   `json:"built"`
	Why   string `json:"why,omitempty"`
	// Problems name a step (parse, types, gofmt, comments) and what it says.
	Problems []problem `json:"problems"`
}

type problem struct {
	Step string `json:"step"`
	Says string `json:"says"`
}

func judge(folder string, units map[string][]*unit, c change) verdict {
	v := verdict{ID: c.ID, Built: true, Problems: []problem{}}
	texts, err := applied(folder, c.Edits)
	if err != nil {
		v.Problems = append(v.Problems, problem{"parse", err.Error()})
		return v
	}
	concerned := map[*unit]bool{}
	isGo := true
	for file, text := range texts {
		found := textProblems(file, text)
		v.Problems = append(v.Problems, found...)
		isGo = isGo && (len(found) == 0 || found[0].Step != "parse")
		if len(units[file]) == 0 {
			v.Built, v.Why = false, "not part of the build here"
		}
		for _, u := range units[file] {
			concerned[u] = true
		}
	}
	for u := range concerned {
		if !isGo {
			break
		}
		u.prepare()
		if u.broken != "" {
			v.Built, v.Why = false, u.broken
			continue
		}
		if says := typeProblem(u, folder, c.Edits, texts); says != "" {
			v.Problems = append(v.Problems, problem{"types", says})
		}
	}
	return v
}

// applied gives the new texts by absolute name.
func applied(folder string, edits []edit) (map[string][]byte, error) {
	byFile := map[string][]edit{}
	for _, e := range edits {
		file := filepath.Join(folder, e.File)
		byFile[file] = append(byFile[file], e)
	}
	texts := map[string][]byte{}
	for file, its := range byFile {
		old, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		sort.SliceStable(its, func(i, j int) bool { return its[i].Start < its[j].Start })
		var text []byte
		at := 0
		for _, e := range its {
			if e.Start < at || e.End > len(old) {
				return nil, fmt.Errorf("%s: edits overlap or lie outside", file)
			}
			text = append(append(text, old[at:e.Start]...), e.NewText...)
			at = e.End
		}
		texts[file] = append(text, old[at:]...)
	}
	return texts, nil
}

// textProblems is what can be said of a text alone.
func textProblems(file string, text []byte) []problem {
	old, err := os.ReadFile(file)
	if err != nil {
		return []problem{{"parse", err.Error()}}
	}
	formatted, err := format.Source(text)
	if err != nil {
		return []problem{{"parse", err.Error()}}
	}
	var found []problem
	if before, err := format.Source(old); err == nil && bytes.Equal(before, old) && !bytes.Equal(formatted, text) {
		found = append(found, problem{"gofmt", firstDifference(text, formatted)})
	}
	if says := commentDifference(old, text); says != "" {
		found = append(found, problem{"comments", says})
	}
	return found
}

func firstDifference(text, formatted []byte) string {
	lines, wanted := bytes.Split(text, []byte("\n")), bytes.Split(formatted, []byte("\n"))
	for i := range lines {
		if i >= len(wanted) || !bytes.Equal(lines[i], wanted[i]) {
			return fmt.Sprintf("line %d: %q", i+1, lines[i])
		}
	}
	return "the end of the file"
}

// typeProblem checks the changed files, and all others where the change is not confined to functions.
func typeProblem(u *unit, folder string, edits []edit, texts map[string][]byte) string {
	whole := map[string]*ast.File{}
	for file, text := range texts {
		if _, ok := u.files[file]; !ok {
			continue
		}
		parsed, err := parser.ParseFile(u.fset, file, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err.Error()
		}
		whole[file] = parsed
	}
	for _, e := range edits {
		if u.isWithinBodies(filepath.Join(folder, e.File), e) {
			continue
		}
		for file, parsed := range u.files {
			if whole[file] == nil {
				whole[file] = parsed
			}
		}
	}
	return u.check(whole)
}

// commentDifference names the first comment that is there more or less often; white space in it does not count.
func commentDifference(before, after []byte) string {
	counts := map[string]int{}
	for _, text := range comments(before) {
		counts[text]++
	}
	for _, text := range comments(after) {
		counts[text]--
	}
	for text, n := range counts {
		if n > 0 {
			return fmt.Sprintf("lost %q", text)
		}
		if n < 0 {
			return fmt.Sprintf("new %q", text)
		}
	}
	return ""
}

func comments(text []byte) []string {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(text)), text, nil, scanner.ScanComments)
	var found []string
	for {
		_, tok, literal := s.Scan()
		switch tok {
		case token.EOF:
			return found
		case token.COMMENT:
			found = append(found, strings.Join(strings.Fields(literal), " "))
		}
	}
}

func commentsChanged(before, after, name string) (string, error) {
	old, err := os.ReadFile(filepath.Join(before, name))
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(after, name))
	if err != nil {
		return "", err
	}
	return commentDifference(old, text), nil
}
