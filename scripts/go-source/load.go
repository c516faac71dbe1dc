package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// source is a type-checked package.
type source struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
	info  *types.Info
	types *types.Package
	sizes types.Sizes
}

// listed is what the go command says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	ImportMap               map[string]string
	DepOnly                 bool
	Module                  *struct{ GoVersion string }
}

// load gives the packages that compile; imports come from the go command's export data.
func load(dir string, patterns []string) ([]source, error) {
	all, err := list(dir, patterns)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(exports[path])
	})
	var loaded []source
	for _, p := range all {
		if p.DepOnly || p.Export == "" || len(p.GoFiles) == 0 {
			continue
		}
		checked, err := check(fset, p, mapped{imports, p.ImportMap})
		if err != nil {
			return nil, err
		}
		loaded = append(loaded, checked)
	}
	return loaded, nil
}

func list(dir string, patterns []string) ([]listed, error) {
	args := []string{"list", "-e", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,ImportMap,DepOnly,Module", "--"}
	command := exec.Command("go", append(args, patterns...)...)
	var failure bytes.Buffer
	command.Dir, command.Stderr = dir, &failure
	answer, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w\n%s", dir, err, failure.Bytes())
	}
	var all []listed
	for decoder := json.NewDecoder(bytes.NewReader(answer)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
}

// mapped follows the go command's map of imports, as vendored packages need.
type mapped struct {
	types.Importer
	paths map[string]string
}

func (m mapped) Import(path string) (*types.Package, error) {
	if to, ok := m.paths[path]; ok {
		path = to
	}
	return m.Importer.Import(path)
}

func check(fset *token.FileSet, p listed, imports types.Importer) (source, error) {
	s := source{path: p.ImportPath, fset: fset, sizes: types.SizesFor("gc", build.Default.GOARCH), info: &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
		Instances:  map[*ast.Ident]types.Instance{},
	}}
	for _, name := range p.GoFiles {
		parsed, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return s, err
		}
		s.files = append(s.files, parsed)
	}
	config := types.Config{Importer: imports, FakeImportC: true, Sizes: s.sizes, Error: func(error) {}}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	// Errors leave gaps, which are no answers; the compiler has accepted the package.
	s.types, _ = config.Check(p.ImportPath, fset, s.files, s.info)
	return s, nil
}

func (s *source) typeOf(e ast.Expr) types.Type {
	if t := s.info.TypeOf(e); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// position ignores //line directives: the file is judged as it lies on disk.
func (s *source) position(at token.Pos) token.Position { return s.fset.PositionFor(at, false) }
