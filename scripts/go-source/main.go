// Command gosource prints what the source of packages says as go/types reads it, as JSON objects, one a line: the judge of
// what Escapement reads in the same files without a compiler.
//
//	go run . sites|uses|layouts DIR [PATTERN...]
//	go run . expressions PACKAGE|DIRECTORY...
//	go run . exports
//
// DIR lies in a module or in the library's source; patterns are those of the go command, ./... by default.
//
//	sites        per file its declarations, variables, and places where the compiler may allocate
//	uses         per file its calls with what they call, and its conversions to interfaces
//	layouts      per file where the fields of its structs lie
//	expressions  per package each identifier and expression
//	exports      what importers may use of the library, an expression each
//
// What is built for is what GOOS and GOARCH say. Lines and columns count from 1, columns and offsets in bytes.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"os"
	"slices"
)

func main() {
	if len(os.Args) < 3 && !slices.Equal(os.Args[1:], []string{"exports"}) {
		fmt.Fprintln(os.Stderr, "usage: gosource sites|uses|layouts DIR [PATTERN...] | expressions PACKAGE|DIRECTORY... | exports")
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	err := run(os.Args[1], os.Args[2:], json.NewEncoder(out))
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(mode string, args []string, out *json.Encoder) error {
	switch mode {
	case "sites":
		return perFile(args, out, func(s source, file *ast.File) any { return sitesOf(s, file) })
	case "uses":
		return perFile(args, out, func(s source, file *ast.File) any { return usesOf(s, file) })
	case "layouts":
		return perFile(args, out, func(s source, file *ast.File) any { return layoutsOf(s, file) })
	case "expressions":
		return printExpressions(args, out)
	case "exports":
		return printExports(out)
	}
	return fmt.Errorf("no mode %q", mode)
}

func perFile(args []string, out *json.Encoder, recordOf func(source, *ast.File) any) error {
	patterns := args[1:]
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	packages, err := load(args[0], patterns)
	if err != nil {
		return err
	}
	for _, p := range packages {
		for _, each := range p.files {
			if err := out.Encode(recordOf(p, each)); err != nil {
				return err
			}
		}
	}
	return nil
}
