package main

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
)

// A library is the standard library's source, type-checked package by package as they are imported. Trees are kept beside
// the types, because what the compiler says of a place has to be brought to the function around it.
type library struct {
	fset *token.FileSet
	// root is the directory of the sources.
	root     string
	sizes    types.Sizes
	info     *types.Info
	packages map[string]*types.Package
	// functions are the declarations with a body, by object.
	functions map[*types.Func]*ast.FuncDecl
}

// newLibrary is of the files that package build takes in, which the caller has told the same architecture.
func newLibrary(root, goarch string) *library {
	return &library{
		fset:  token.NewFileSet(),
		root:  root,
		sizes: types.SizesFor("gc", goarch),
		info: &types.Info{
			Defs: map[*ast.Ident]types.Object{},
			Uses: map[*ast.Ident]types.Object{},
		},
		packages:  map[string]*types.Package{},
		functions: map[*types.Func]*ast.FuncDecl{},
	}
}

// Import gives a package that user code can import.
func (l *library) Import(path string) (*types.Package, error) {
	return l.ImportFrom(path, l.root, 0)
}

// ImportFrom also finds what the library itself vendors.
func (l *library) ImportFrom(path, dir string, _ types.ImportMode) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	found, err := build.Import(path, dir, 0)
	if err != nil {
		return nil, err
	}
	if known := l.packages[found.ImportPath]; known != nil {
		return known, nil
	}
	var files []*ast.File
	for _, name := range found.GoFiles {
		file, err := parser.ParseFile(l.fset, filepath.Join(found.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	config := types.Config{Importer: l, FakeImportC: true, Sizes: l.sizes}
	pkg, err := config.Check(found.ImportPath, l.fset, files, l.info)
	if err != nil {
		return nil, err
	}
	l.packages[found.ImportPath] = pkg
	l.keepFunctions(files)
	return pkg, nil
}

func (l *library) keepFunctions(files []*ast.File) {
	for _, file := range files {
		for _, declaration := range file.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Body != nil {
				if object, ok := l.info.Defs[function.Name].(*types.Func); ok {
					l.functions[object] = function
				}
			}
		}
	}
}

// place is a position as the compiler writes it when it runs in the root: file:line:column.
func (l *library) place(pos token.Pos) (file string, line, column int) {
	position := l.fset.Position(pos)
	relative, err := filepath.Rel(l.root, position.Filename)
	if err != nil {
		return "", 0, 0
	}
	return filepath.ToSlash(relative), position.Line, position.Column
}
