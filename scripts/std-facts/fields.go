package main

import (
	"fmt"
	"go/types"
	"strings"
)

// structString writes a struct type; fields that nobody outside can name become blank ones of the same layout.
func (w *writer) structString(s *types.Struct) string {
	if isGeneric(s) {
		return w.genericStruct(s)
	}
	var b strings.Builder
	for i := 0; i < s.NumFields(); {
		if field := s.Field(i); isVisible(field) {
			b.WriteString(w.field(field, s.Tag(i)))
			i++
			continue
		}
		shape, count := w.shape(s.Field(i).Type()), 1
		for i+count < s.NumFields() && !isVisible(s.Field(i+count)) && w.shape(s.Field(i+count).Type()) == shape {
			count++
		}
		fmt.Fprintf(&b, "%s_ %s\n", strings.Repeat("_, ", count-1), shape)
		i += count
	}
	return "struct {\n" + b.String() + "}"
}

// genericStruct leaves unexported fields out where their layout depends on type arguments.
func (w *writer) genericStruct(s *types.Struct) string {
	var b strings.Builder
	for i := range s.NumFields() {
		field := s.Field(i)
		if isVisible(field) {
			b.WriteString(w.field(field, s.Tag(i)))
		} else {
			fmt.Fprintf(&b, "_ %s\n", w.typeString(field.Type()))
		}
	}
	return "struct {\n" + b.String() + "}"
}

func (w *writer) field(field *types.Var, tag string) string {
	text := w.typeString(field.Type())
	if !field.Embedded() {
		text = field.Name() + " " + text
	}
	if tag != "" {
		text += fmt.Sprintf(" %q", tag)
	}
	return text + "\n"
}

// isVisible reports whether a field can be named from outside, or lends exported fields or methods to its struct.
func isVisible(field *types.Var) bool {
	if field.Exported() {
		return true
	}
	if !field.Embedded() {
		return false
	}
	t := types.Unalias(field.Type())
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for inner := range s.Fields() {
			if isVisible(inner) {
				return true
			}
		}
	}
	methods := types.NewMethodSet(types.NewPointer(t))
	if types.IsInterface(t) {
		methods = types.NewMethodSet(t)
	}
	for method := range methods.Methods() {
		if method.Obj().Exported() {
			return true
		}
	}
	return false
}

// aligned are the types of sync/atomic that the compiler aligns by the name of one of them.
var aligned = map[string]bool{"align64": true, "Int64": true, "Uint64": true}

// shape writes a type of the same size, alignment, pointers and comparability on all architectures.
func (w *writer) shape(t types.Type) string {
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		if named.Obj().Pkg().Path() == "sync/atomic" && aligned[named.Obj().Name()] {
			return w.typeString(named)
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		if u.Kind() == types.UnsafePointer {
			return "*byte"
		}
		return u.Name()
	case *types.Pointer, *types.Chan:
		return "*byte"
	case *types.Map, *types.Signature:
		return "func()"
	case *types.Slice:
		return "[]byte"
	case *types.Array:
		return fmt.Sprintf("[%d]%s", u.Len(), w.shape(u.Elem()))
	case *types.Struct:
		return w.structShape(u)
	default:
		return "any"
	}
}

func (w *writer) structShape(s *types.Struct) string {
	var shapes []string
	for field := range s.Fields() {
		shapes = append(shapes, "_ "+w.shape(field.Type()))
	}
	return "struct{" + strings.Join(shapes, "; ") + "}"
}

// isGeneric reports whether the layout depends on a type parameter.
func isGeneric(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			if isGeneric(arg) {
				return true
			}
		}
		return false
	case *types.Array:
		return isGeneric(t.Elem())
	case *types.Struct:
		for field := range t.Fields() {
			if isGeneric(field.Type()) {
				return true
			}
		}
	}
	return false
}
