package main

import (
	"fmt"
	"go/types"
	"strings"
)

var sizes = types.SizesFor("gc", "amd64")

// structString writes a struct type; runs of fields that nobody outside can name become fillers of the same layout.
func (w *writer) structString(s *types.Struct) string {
	if isGeneric(s) {
		return w.genericStruct(s)
	}
	fields := make([]*types.Var, s.NumFields())
	for i := range fields {
		fields[i] = s.Field(i)
	}
	offsets := sizes.Offsetsof(fields)
	var lines []string
	for i := 0; i < len(fields); {
		end := i
		for end < len(fields) && !isVisible(fields[end]) {
			end++
		}
		if end == i {
			lines = append(lines, w.field(fields[i], s.Tag(i)))
			i++
			continue
		}
		last := fields[end-1]
		lines = append(lines, filler(fields[i:end], offsets[i], offsets[end-1]+sizes.Sizeof(last.Type()))...)
		i = end
	}
	return "struct {\n" + strings.Join(lines, "") + "}"
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

// filler gives blank fields that take the bytes from start to end as the fields do.
func filler(fields []*types.Var, start, end int64) []string {
	align := int64(1)
	hasPointers, comparable := false, true
	for _, field := range fields {
		align = max(align, sizes.Alignof(field.Type()))
		hasPointers = hasPointers || containsPointer(field.Type())
		comparable = comparable && types.Comparable(field.Type())
	}
	unit := map[int64]string{1: "byte", 2: "uint16", 4: "uint32", 8: "uint64"}[align]
	if hasPointers {
		unit = "*byte"
	}
	if !comparable {
		unit = "func()"
	}
	lead := (align - start%align) % align
	if lead > end-start {
		lead = end - start
	}
	whole := (end - start - lead) / align
	rest := end - start - lead - whole*align
	var lines []string
	for _, part := range []struct {
		count int64
		unit  string
	}{{lead, "byte"}, {whole, unit}, {rest, "byte"}} {
		if part.count > 0 {
			lines = append(lines, fmt.Sprintf("_ [%d]%s\n", part.count, part.unit))
		}
	}
	if start == end {
		lines = append(lines, fmt.Sprintf("_ [0]%s\n", unit))
	}
	return lines
}

func containsPointer(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Kind() == types.String || t.Kind() == types.UnsafePointer
	case *types.Array:
		return t.Len() > 0 && containsPointer(t.Elem())
	case *types.Struct:
		for field := range t.Fields() {
			if containsPointer(field.Type()) {
				return true
			}
		}
		return false
	default:
		return true
	}
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
