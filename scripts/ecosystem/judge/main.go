// Judges edits of Go source one by one, without building anything: each is applied to the text as it lies on disk, in
// memory and by itself, and the result is parsed, formatted, type-checked with the rest of its package, and its comments
// are counted. A package is loaded once, so that thousands of edits are judged in minutes.
//
//	judge edits FOLDER PACKAGE…   reads changes from standard input, prints one verdict per line
//	judge comments BEFORE AFTER   reads file names from standard input, prints those whose comments differ
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 2 && args[0] == "edits":
		return judgeEdits(args[1], args[2:])
	case len(args) == 3 && args[0] == "comments":
		return judgeComments(args[1], args[2])
	}
	return fmt.Errorf("usage: judge edits FOLDER PACKAGE… | judge comments BEFORE AFTER")
}

func judgeEdits(folder string, patterns []string) error {
	var changes []change
	if err := json.NewDecoder(os.Stdin).Decode(&changes); err != nil {
		return fmt.Errorf("changes: %w", err)
	}
	units, err := load(folder, patterns)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	verdicts := json.NewEncoder(out)
	for _, each := range changes {
		if err := verdicts.Encode(judge(folder, units, each)); err != nil {
			return err
		}
	}
	return nil
}

func judgeComments(before, after string) error {
	var files []string
	if err := json.NewDecoder(os.Stdin).Decode(&files); err != nil {
		return fmt.Errorf("file names: %w", err)
	}
	for _, name := range files {
		lost, err := commentsChanged(before, after, name)
		if err != nil {
			return err
		}
		if lost != "" {
			fmt.Printf("%s: %s\n", name, lost)
		}
	}
	return nil
}
