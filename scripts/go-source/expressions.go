package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
)

// pkg is what go/types says of each identifier (where it is declared) and each expression (type, value, size), by byte offset.
type pkg struct {
	Path  string     `json:"path"`
	Types []typeInfo `json:"types"`
	Files []file     `json:"files"`
}

type typeInfo struct {
	Text string `json:"text"`
	// Size is -1 where it depends on type parameters.
	Size int64 `json:"size"`
}

type file struct {
	Path   string  `json:"path"`
	Idents []ident `json:"idents"`
	Exprs  []expr  `json:"exprs"`
}

type ident struct {
	Offset int    `json:"at"`
	Kind   string `json:"kind"`
	// File and Declared are where the object is declared; the universe has no file.
	File     string `json:"file,omitempty"`
	Declared int    `json:"declared"`
}

type expr struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  int    `json:"type"`
	Value string `json:"value,omitempty"`
}

type dumper struct {
	fset  *token.FileSet
	info  *types.Info
	sizes types.Sizes
	known map[typeInfo]int
	out   pkg
}

// printExpressions takes import paths of the library and absolute directories, which need no module; their imports are read
// from source.
func printExpressions(paths []string, out *json.Encoder) error {
	build.Default.CgoEnabled = false
	fset := token.NewFileSet()
	imports := importer.ForCompiler(fset, "source", nil)
	for _, path := range paths {
		dumped, err := dump(fset, imports, path)
		if _, none := err.(*build.NoGoError); none {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if err := out.Encode(dumped); err != nil {
			return err
		}
	}
	return nil
}

func dump(fset *token.FileSet, imports types.Importer, path string) (pkg, error) {
	found, err := find(path)
	if err != nil {
		return pkg{}, err
	}
	var files []*ast.File
	for _, name := range found.GoFiles {
		parsed, err := parser.ParseFile(fset, filepath.Join(found.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return pkg{}, err
		}
		files = append(files, parsed)
	}
	d := dumper{fset: fset, sizes: types.SizesFor("gc", "amd64"), known: map[typeInfo]int{}, out: pkg{Path: path}, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
	}}
	config := types.Config{Importer: imports, FakeImportC: true, Sizes: d.sizes, Error: func(error) {}}
	config.Check(path, fset, files, d.info)
	for _, each := range files {
		d.out.Files = append(d.out.Files, d.file(each))
	}
	return d.out, nil
}

// find takes an import path of the library or an absolute directory, whose imports from elsewhere stay unknown.
func find(path string) (*build.Package, error) {
	if filepath.IsAbs(path) {
		return build.ImportDir(path, 0)
	}
	return build.Import(path, filepath.Join(build.Default.GOROOT, "src"), 0)
}

func (d *dumper) file(tree *ast.File) file {
	out := file{Path: d.fset.Position(tree.Package).Filename}
	ast.Inspect(tree, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if object := d.object(id); object != nil {
				out.Idents = append(out.Idents, d.ident(id, object))
			}
		}
		if e, ok := n.(ast.Expr); ok {
			if tv, ok := d.info.Types[e]; ok && !tv.IsBuiltin() {
				out.Exprs = append(out.Exprs, d.expr(e, tv))
			} else if id, ok := e.(*ast.Ident); ok {
				if v, ok := d.object(id).(*types.Var); ok && !v.IsField() {
					out.Exprs = append(out.Exprs, d.expr(e, types.TypeAndValue{Type: v.Type()}))
				}
			}
		}
		return true
	})
	return out
}

func (d *dumper) object(id *ast.Ident) types.Object {
	if object := d.info.Uses[id]; object != nil {
		return object
	}
	return d.info.Defs[id]
}

func (d *dumper) ident(id *ast.Ident, object types.Object) ident {
	out := ident{Offset: d.fset.Position(id.Pos()).Offset, Kind: kindOf(object)}
	if position := d.fset.Position(object.Pos()); position.IsValid() {
		out.File, out.Declared = position.Filename, position.Offset
	}
	return out
}

func kindOf(object types.Object) string {
	switch o := object.(type) {
	case *types.Var:
		if o.IsField() {
			return "field"
		}
		return "variable"
	case *types.Func:
		if o.Type().(*types.Signature).Recv() != nil {
			return "method"
		}
		return "function"
	case *types.Const:
		return "constant"
	case *types.Nil:
		return "constant"
	case *types.TypeName:
		return "type"
	case *types.PkgName:
		return "import"
	case *types.Label:
		return "label"
	default:
		return "builtin"
	}
}

func (d *dumper) expr(e ast.Expr, tv types.TypeAndValue) expr {
	out := expr{Start: d.fset.Position(e.Pos()).Offset, End: d.fset.Position(e.End()).Offset, Type: d.typeIndex(tv.Type)}
	if tv.Value == nil {
		return out
	}
	if tv.Value.Kind() != constant.Complex {
		out.Value = valueText(tv.Value)
	}
	return out
}

func (d *dumper) typeIndex(t types.Type) int {
	// Local types of one name differ in size.
	info := typeInfo{describe(t), d.size(t)}
	index, ok := d.known[info]
	if !ok {
		index = len(d.out.Types)
		d.known[info] = index
		d.out.Types = append(d.out.Types, info)
	}
	return index
}

// size is -1 for what has none; go/types panics there rather than say so.
func (d *dumper) size(t types.Type) (size int64) {
	defer func() {
		if recover() != nil {
			size = -1
		}
	}()
	if _, ok := t.(*types.Tuple); ok || isOpen(t, map[types.Type]bool{}) {
		return -1
	}
	if b, ok := t.Underlying().(*types.Basic); ok && (b.Info()&types.IsUntyped != 0 || b.Kind() == types.Invalid) {
		return -1
	}
	return d.sizes.Sizeof(t)
}

// isOpen tells whether the size of a type rests on a type parameter or on what is not in view.
func isOpen(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Basic:
		return t.Kind() == types.Invalid
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			if isOpen(t.TypeArgs().At(i), seen) {
				return true
			}
		}
		return t.TypeParams().Len() > t.TypeArgs().Len() || isOpen(t.Underlying(), seen)
	case *types.Array:
		return isOpen(t.Elem(), seen)
	case *types.Struct:
		for i := range t.NumFields() {
			if isOpen(t.Field(i).Type(), seen) {
				return true
			}
		}
	}
	return false
}
