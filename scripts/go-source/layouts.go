package main

import (
	"go/ast"
	"go/types"
)

// structLayout is how a struct type lies in memory, in bytes, by the offset of its declared name in the file.
type structLayout struct {
	At        int     `json:"at"`
	Size      int64   `json:"size"`
	Alignment int64   `json:"alignment"`
	Pointers  int64   `json:"pointers"`
	Offsets   []int64 `json:"offsets"`
}

type layoutFile struct {
	Path    string         `json:"path"`
	Structs []structLayout `json:"structs"`
}

func layoutsOf(s source, file *ast.File) *layoutFile {
	return &layoutFile{s.fset.File(file.FileStart).Name(), s.structLayouts(file)}
}

// structLayouts leaves out what depends on type parameters.
func (s *source) structLayouts(file *ast.File) []structLayout {
	found := []structLayout{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || s.info.Defs[spec.Name] == nil {
			return true
		}
		of := s.info.Defs[spec.Name].Type()
		if under, ok := of.Underlying().(*types.Struct); ok && !isOpen(of, map[types.Type]bool{}) {
			at := s.position(spec.Name.Pos()).Offset
			found = append(found, structLayout{at, s.sizes.Sizeof(of), s.sizes.Alignof(of), s.pointers(of), s.offsets(under)})
		}
		return true
	})
	return found
}

func (s *source) offsets(of *types.Struct) []int64 {
	fields := []*types.Var{}
	for field := range of.Fields() {
		fields = append(fields, field)
	}
	return append([]int64{}, s.sizes.Offsetsof(fields)...)
}

// pointers is up to where the garbage collector looks for pointers, which go/types does not tell (cmd/compile, PtrDataSize).
func (s *source) pointers(t types.Type) int64 {
	word := s.sizes.Sizeof(types.Typ[types.Uintptr])
	switch t := t.Underlying().(type) {
	case *types.Basic:
		if t.Kind() == types.String || t.Kind() == types.UnsafePointer {
			return word
		}
		return 0
	case *types.Interface:
		return 2 * word
	case *types.Array:
		last := s.pointers(t.Elem())
		if t.Len() == 0 || last == 0 {
			return 0
		}
		return (t.Len()-1)*s.sizes.Sizeof(t.Elem()) + last
	case *types.Struct:
		offsets := s.offsets(t)
		for i := t.NumFields() - 1; i >= 0; i-- {
			if last := s.pointers(t.Field(i).Type()); last > 0 {
				return offsets[i] + last
			}
		}
		return 0
	default:
		return word
	}
}
