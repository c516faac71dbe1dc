package main

import (
	"fmt"
	"go/types"
	"sort"
	"strings"
)

// describe writes a type as describeType of the tests does: import paths for package names, aliases followed, methods of
// interfaces by name only, neither parameter names nor tags.
func describe(t types.Type) string {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return basicName(t)
	case *types.Named:
		name := t.Obj().Name()
		if t.Obj().Pkg() != nil {
			name = t.Obj().Pkg().Path() + "." + name
		}
		if t.TypeArgs().Len() == 0 {
			return name
		}
		var list []string
		for i := range t.TypeArgs().Len() {
			list = append(list, describe(t.TypeArgs().At(i)))
		}
		return name + "[" + strings.Join(list, ", ") + "]"
	case *types.Pointer:
		return "*" + describe(t.Elem())
	case *types.Slice:
		return "[]" + describe(t.Elem())
	case *types.Array:
		return fmt.Sprintf("[%d]%s", t.Len(), describe(t.Elem()))
	case *types.Map:
		return "map[" + describe(t.Key()) + "]" + describe(t.Elem())
	case *types.Chan:
		return [...]string{"chan ", "chan<- ", "<-chan "}[t.Dir()] + describe(t.Elem())
	case *types.Signature:
		return "func" + signature(t)
	case *types.Struct:
		return structText(t)
	case *types.Interface:
		return interfaceText(t)
	case *types.Tuple:
		return "(" + tupleText(t) + ")"
	case *types.TypeParam:
		return t.Obj().Name()
	default:
		return "?"
	}
}

func basicName(t *types.Basic) string {
	switch t.Name() {
	case "byte":
		return "uint8"
	case "rune":
		return "int32"
	case "Pointer":
		return "unsafe.Pointer"
	}
	return t.Name()
}

func tupleText(t *types.Tuple) string {
	var list []string
	for i := range t.Len() {
		list = append(list, describe(t.At(i).Type()))
	}
	return strings.Join(list, ", ")
}

func signature(t *types.Signature) string {
	var list []string
	for i := range t.Params().Len() {
		text := describe(t.Params().At(i).Type())
		if t.Variadic() && i == t.Params().Len()-1 {
			text = "..." + strings.TrimPrefix(text, "[]")
		}
		list = append(list, text)
	}
	text := "(" + strings.Join(list, ", ") + ")"
	switch t.Results().Len() {
	case 0:
		return text
	case 1:
		return text + " " + tupleText(t.Results())
	}
	return text + " (" + tupleText(t.Results()) + ")"
}

func structText(t *types.Struct) string {
	var list []string
	for i := range t.NumFields() {
		text := describe(t.Field(i).Type())
		if !t.Field(i).Embedded() {
			text = t.Field(i).Name() + " " + text
		}
		list = append(list, text)
	}
	return "struct{" + strings.Join(list, "; ") + "}"
}

func interfaceText(t *types.Interface) string {
	var list []string
	for i := range t.NumMethods() {
		list = append(list, t.Method(i).Name())
	}
	sort.Strings(list)
	if len(list) == 0 && t.IsMethodSet() {
		return "any"
	}
	if !t.IsMethodSet() {
		list = append(list, "~")
	}
	return "interface{" + strings.Join(list, "; ") + "}"
}
