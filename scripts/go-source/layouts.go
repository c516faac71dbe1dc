package main

import (
	"go/ast"
	"go/types"
)

// structSize is how many bytes a value of a struct type has on amd64, by the offset of its declared name.
type structSize struct {
	At   int   `json:"at"`
	Size int64 `json:"size"`
}

// structSizes leaves out what depends on type parameters.
func (s *source) structSizes(file *ast.File) []structSize {
	sizes, found := types.SizesFor("gc", "amd64"), []structSize{}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || s.info.Defs[spec.Name] == nil {
			return true
		}
		of := s.info.Defs[spec.Name].Type()
		if _, ok := of.Underlying().(*types.Struct); ok && !isOpen(of, map[types.Type]bool{}) {
			found = append(found, structSize{s.position(spec.Name.Pos()).Offset, sizes.Sizeof(of)})
		}
		return true
	})
	return found
}
