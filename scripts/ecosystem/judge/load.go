package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// unit is what the compiler is given at once: a package, a package with its tests, or an external test package.
type unit struct {
	listed listed
	fset   *token.FileSet
	files  map[string]*ast.File
	// outlines are the files without the bodies of their functions.
	outlines map[string]*ast.File
	imports  types.Importer
	exports  map[string]string
	// broken tells why the unit itself, untouched, does not pass.
	broken string
	ready  bool
}

// listed is what the go command says of a package.
type listed struct {
	ImportPath, Dir, Export, ForTest string
	GoFiles, CgoFiles                []string
	ImportMap                        map[string]string
	DepOnly                          bool
	Module                           *struct{ GoVersion string }
}

// load gives the units by the absolute names of their files; a package with its tests stands for the package.
func load(folder string, patterns []string) (map[string][]*unit, error) {
	all, err := list(folder, patterns)
	if err != nil {
		return nil, err
	}
	exports, tested := map[string]string{}, map[string]bool{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
		tested[p.ForTest] = true
	}
	units := map[string][]*unit{}
	for _, p := range all {
		isCovered := p.ForTest == "" && tested[p.ImportPath] && hasInternalTests(all, p.ImportPath)
		if p.DepOnly || isCovered || strings.HasSuffix(p.ImportPath, ".test") || len(p.CgoFiles) > 0 {
			continue
		}
		u := &unit{listed: p, exports: exports}
		for _, name := range p.GoFiles {
			file := filepath.Join(p.Dir, name)
			units[file] = append(units[file], u)
		}
	}
	return units, nil
}

func hasInternalTests(all []listed, path string) bool {
	for _, p := range all {
		if p.ForTest == path && p.ImportPath == path+" ["+path+".test]" {
			return true
		}
	}
	return false
}

func list(folder string, patterns []string) ([]listed, error) {
	fields := "-json=ImportPath,Dir,Export,ForTest,GoFiles,CgoFiles,ImportMap,DepOnly,Module"
	args := append([]string{"list", "-e", "-export", "-deps", "-test", fields, "--"}, patterns...)
	command := exec.Command("go", args...)
	var failure bytes.Buffer
	command.Dir, command.Stderr = folder, &failure
	answer, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list in %s: %w\n%s", folder, err, failure.Bytes())
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

// prepare parses and checks the unit as it is, when it is first asked for.
func (u *unit) prepare() {
	if u.ready {
		return
	}
	u.ready, u.fset, u.files, u.outlines = true, token.NewFileSet(), map[string]*ast.File{}, map[string]*ast.File{}
	u.imports = u.importer()
	for _, name := range u.listed.GoFiles {
		file := filepath.Join(u.listed.Dir, name)
		parsed, err := parser.ParseFile(u.fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			u.broken = err.Error()
			return
		}
		u.files[file], u.outlines[file] = parsed, outline(parsed)
	}
	u.broken = u.check(u.files)
}

func outline(file *ast.File) *ast.File {
	short := *file
	short.Decls = slices.Clone(file.Decls)
	for i, declared := range short.Decls {
		if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil && (f.Name.Name == "init" || f.Name.Name == "main") {
			g := *f
			g.Body = &ast.BlockStmt{Lbrace: f.Body.Lbrace, Rbrace: f.Body.Rbrace}
			short.Decls[i] = &g
		} else if ok {
			g := *f
			g.Body = nil
			short.Decls[i] = &g
		}
	}
	return &short
}

// isWithinBodies tells whether the other files cannot notice the change: it stays in functions and imports.
func (u *unit) isWithinBodies(file string, e edit) bool {
	parsed := u.files[file]
	if parsed == nil {
		return false
	}
	isImport := strings.HasPrefix(strings.TrimSpace(e.NewText), "import")
	offset := func(at token.Pos) int { return u.fset.PositionFor(at, false).Offset }
	for _, declared := range parsed.Decls {
		switch d := declared.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && offset(d.Body.Lbrace) < e.Start && e.End <= offset(d.Body.Rbrace) {
				return true
			}
		case *ast.GenDecl:
			if d.Tok == token.IMPORT && offset(d.Pos()) < e.Start && e.End < offset(d.End()) {
				return true
			}
		}
	}
	return isImport && e.Start == e.End
}

// check gives the first type error in the given files, whole; of the others only what they declare is read.
func (u *unit) check(whole map[string]*ast.File) string {
	var files []*ast.File
	for _, name := range u.listed.GoFiles {
		file := filepath.Join(u.listed.Dir, name)
		if parsed, ok := whole[file]; ok {
			files = append(files, parsed)
		} else {
			files = append(files, u.outlines[file])
		}
	}
	var first string
	config := types.Config{Importer: u.imports, Sizes: types.SizesFor("gc", runtime.GOARCH), Error: func(err error) {
		// Without bodies imports go unused.
		if failure, ok := err.(types.Error); ok && first == "" && whole[u.fset.PositionFor(failure.Pos, false).Filename] != nil {
			first = failure.Error()
		}
	}}
	if m := u.listed.Module; m != nil && m.GoVersion != "" {
		config.GoVersion = "go" + m.GoVersion
	}
	path, _, _ := strings.Cut(u.listed.ImportPath, " ")
	config.Check(path, u.fset, files, nil)
	return first
}

// importer reads export data. Packages go by the path that the compiler knows, which is neither that of the import
// (vendored packages) nor that of the go command (packages compiled anew for a test).
func (u *unit) importer() types.Importer {
	files := map[string]string{}
	gc := importer.ForCompiler(u.fset, "gc", func(path string) (io.ReadCloser, error) {
		if files[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(files[path])
	})
	return importerFunc(func(path string) (*types.Package, error) {
		target := path
		if to, ok := u.listed.ImportMap[path]; ok {
			target = to
		}
		plain, _, _ := strings.Cut(target, " ")
		if plain == "unsafe" {
			return types.Unsafe, nil
		}
		files[plain] = u.exports[target]
		return gc.Import(plain)
	})
}

type importerFunc func(path string) (*types.Package, error)

func (f importerFunc) Import(path string) (*types.Package, error) { return f(path) }
