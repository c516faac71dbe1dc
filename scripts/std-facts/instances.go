package main

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// The compiler speaks of a generic function where it is instantiated, which the library itself does with few of its own. So a
// program that uses each of them is compiled too, with pointers for type arguments where the constraints allow it: what holds
// no pointer leaks nothing, and a pointer leaks wherever a value of another type may.

// elem is what type arguments point at.
const elem = "type elem struct {\n\tnext *elem\n\ttext string\n}\n"

// instances is a package that takes every exported generic function and every method of a generic type as a value.
type instances struct {
	// imports are paths by the names they have in the package.
	imports map[string]string
	values  []string
}

func instancesOf(packages []*types.Package) string {
	all := &instances{imports: map[string]string{}}
	for _, pkg := range packages {
		for _, name := range pkg.Scope().Names() {
			all.add(pkg.Scope().Lookup(name))
		}
	}
	var text strings.Builder
	text.WriteString("package instances\n\n")
	for _, name := range slices.Sorted(maps.Keys(all.imports)) {
		fmt.Fprintf(&text, "import %s %q\n", name, all.imports[name])
	}
	text.WriteString("\n" + elem + "\n")
	for i, value := range all.values {
		fmt.Fprintf(&text, "var _%d = %s\n", i, value)
	}
	return text.String()
}

func (in *instances) add(object types.Object) {
	if !object.Exported() {
		return
	}
	switch object := object.(type) {
	case *types.Func:
		if params := object.Signature().TypeParams(); params.Len() > 0 {
			in.values = append(in.values, in.name(object.Pkg())+"."+object.Name()+in.arguments(params))
		}
	case *types.TypeName:
		if named, ok := object.Type().(*types.Named); ok && !object.IsAlias() && named.TypeParams().Len() > 0 {
			in.addMethods(named)
		}
	}
}

func (in *instances) addMethods(named *types.Named) {
	object := named.Obj()
	for method := range named.Methods() {
		if method.Exported() {
			in.values = append(in.values, fmt.Sprintf("(*%s.%s%s).%s", in.name(object.Pkg()), object.Name(), in.arguments(named.TypeParams()), method.Name()))
		}
	}
}

// name is what the package calls another, which it then imports.
func (in *instances) name(pkg *types.Package) string {
	name := strings.ReplaceAll(pkg.Path(), "/", "_")
	in.imports[name] = pkg.Path()
	return name
}

func (in *instances) arguments(params *types.TypeParamList) string {
	var arguments []string
	for param := range params.TypeParams() {
		arguments = append(arguments, in.argument(param))
	}
	return "[" + strings.Join(arguments, ", ") + "]"
}

// argument is the text of a type that a type parameter may be.
func (in *instances) argument(param *types.TypeParam) string {
	constraint := param.Constraint().Underlying().(*types.Interface)
	if core := coreOf(constraint); core != nil {
		return in.text(core)
	}
	switch {
	case constraint.NumMethods() > 0:
		return types.TypeString(param.Constraint(), in.name)
	case types.Satisfies(types.NewPointer(types.NewStruct(nil, nil)), constraint):
		return "*elem"
	case types.Satisfies(types.Typ[types.String], constraint):
		return "string"
	}
	return "int"
}

func (in *instances) text(core types.Type) string {
	switch core := core.(type) {
	case *types.Slice:
		return "[]" + in.text(core.Elem())
	case *types.Map:
		return "map[" + in.text(core.Key()) + "]" + in.text(core.Elem())
	case *types.TypeParam:
		return in.argument(core)
	}
	return types.TypeString(core, in.name)
}

// coreOf is the slice or map that a constraint such as ~[]E asks for.
func coreOf(constraint *types.Interface) types.Type {
	if constraint.NumEmbeddeds() != 1 {
		return nil
	}
	union, ok := constraint.EmbeddedType(0).(*types.Union)
	if !ok || union.Len() != 1 {
		return nil
	}
	return union.Term(0).Type()
}
