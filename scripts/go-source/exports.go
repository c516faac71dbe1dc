package main

import (
	"encoding/json"
	"fmt"
	"go/build"
	"go/constant"
	"go/importer"
	"go/token"
	"go/types"
	"os/exec"
	"strings"
)

// exported is one package as its importers may use it: expressions over the import name `p`, and what go/types says of each.
type exported struct {
	Path string        `json:"path"`
	Uses []exportedUse `json:"uses"`
}

type exportedUse struct {
	Expr string `json:"expr"`
	Type string `json:"type"`
	// Under is the underlying type of a defined type, where that is no struct or interface, whose parts are uses of their own.
	Under string `json:"under,omitempty"`
	Value string `json:"value,omitempty"`
}

func printExports(out *json.Encoder) error {
	all, err := exportsOf(token.NewFileSet())
	if err != nil {
		return err
	}
	for _, each := range all {
		if err := out.Encode(each); err != nil {
			return err
		}
	}
	return nil
}

// exportsOf lists the importable packages of the library on linux/amd64 without cgo.
func exportsOf(fset *token.FileSet) ([]exported, error) {
	build.Default.GOOS, build.Default.GOARCH = "linux", "amd64"
	list, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		return nil, err
	}
	imports := importer.ForCompiler(fset, "source", nil)
	var all []exported
	for path := range strings.FieldsSeq(string(list)) {
		if isHidden(path) || path == "unsafe" {
			continue
		}
		pkg, err := imports.Import(path)
		if err != nil {
			return nil, err
		}
		all = append(all, exported{path, exportedUses(pkg)})
	}
	return all, nil
}

func isHidden(path string) bool {
	padded := "/" + path + "/"
	return strings.Contains(padded, "/internal/") || strings.Contains(padded, "/vendor/")
}

func exportedUses(pkg *types.Package) []exportedUse {
	var uses []exportedUse
	for _, name := range pkg.Scope().Names() {
		object := pkg.Scope().Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Const:
			uses = append(uses, exportedUse{Expr: "p." + name, Type: describe(object.Type()), Value: valueText(object.Val())})
		case *types.TypeName:
			uses = append(uses, usesOfType(object)...)
		default:
			uses = append(uses, exportedUse{Expr: "p." + name, Type: describe(object.Type())})
		}
	}
	return uses
}

// usesOfType are the type itself, its exported fields and its methods, promoted ones included. Type parameters become int.
func usesOfType(object *types.TypeName) []exportedUse {
	t, text := object.Type(), "p."+object.Name()
	if parameters := parametersOf(t); parameters.Len() > 0 {
		arguments := make([]types.Type, parameters.Len())
		for i := range arguments {
			arguments[i] = types.Typ[types.Int]
		}
		instance, err := types.Instantiate(nil, t, arguments, true)
		if err != nil {
			return []exportedUse{{Expr: text, Type: err.Error()}}
		}
		t, text = instance, text+"["+strings.TrimPrefix(strings.Repeat(", int", len(arguments)), ", ")+"]"
	}
	value, whole := "(*"+text+")(nil)", types.Type(types.NewPointer(t))
	first := exportedUse{Expr: value, Type: describe(whole)}
	if isConstraint(t) {
		return nil
	}
	switch under := t.Underlying().(type) {
	case *types.Interface:
		value, whole = "(*"+value+")", t
	case *types.Struct:
	default:
		first.Under = describe(under)
	}
	uses := []exportedUse{first}
	methods := types.NewMethodSet(whole)
	for method := range methods.Methods() {
		if method.Obj().Exported() {
			uses = append(uses, exportedUse{Expr: value + "." + method.Obj().Name(), Type: describe(method.Type())})
		}
	}
	for name := range fieldNames(t, map[types.Type]bool{}) {
		if field, _, _ := types.LookupFieldOrMethod(t, true, object.Pkg(), name); field != nil {
			if v, ok := field.(*types.Var); ok {
				uses = append(uses, exportedUse{Expr: value + "." + name, Type: describe(v.Type())})
			}
		}
	}
	return uses
}

func parametersOf(t types.Type) *types.TypeParamList {
	switch t := t.(type) {
	case *types.Named:
		return t.TypeParams()
	case *types.Alias:
		return t.TypeParams()
	}
	return nil
}

func isConstraint(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && !i.IsMethodSet()
}

// fieldNames are the exported ones of a struct and of what it embeds.
func fieldNames(t types.Type, seen map[types.Type]bool) map[string]bool {
	names := map[string]bool{}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || seen[t] {
		return names
	}
	seen[t] = true
	for field := range s.Fields() {
		if field.Exported() {
			names[field.Name()] = true
		}
		if field.Embedded() {
			for name := range fieldNames(field.Type(), seen) {
				names[name] = true
			}
		}
	}
	return names
}

func valueText(value constant.Value) string {
	switch value.Kind() {
	case constant.String:
		return "s" + constant.StringVal(value)
	case constant.Float:
		f, _ := constant.Float64Val(value)
		return fmt.Sprint("f", f)
	}
	return value.ExactString()
}
