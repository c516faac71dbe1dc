package main

import (
	"go/ast"
	"go/types"
)

// layoutFile is how the structs that a file names lie in memory, by the offset of the declared name.
type layoutFile struct {
	Path    string         `json:"path"`
	Layouts []structLayout `json:"layouts"`
}

type structLayout struct {
	At    int    `json:"at"`
	Amd64 layout `json:"amd64"`
	I386  layout `json:"386"`
}

type layout struct {
	Size      int64   `json:"size"`
	Alignment int64   `json:"alignment"`
	Offsets   []int64 `json:"offsets"`
}

func layoutsOf(s source, file *ast.File) *layoutFile {
	out := &layoutFile{Path: s.fset.File(file.FileStart).Name(), Layouts: []structLayout{}}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.TypeSpec)
		if !ok || s.info.Defs[spec.Name] == nil {
			return true
		}
		of := s.info.Defs[spec.Name].Type()
		if st, ok := of.Underlying().(*types.Struct); ok && !isOpen(of, map[types.Type]bool{}) {
			out.Layouts = append(out.Layouts, structLayout{s.position(spec.Name.Pos()).Offset, layoutOf("amd64", st), layoutOf("386", st)})
		}
		return true
	})
	return out
}

func layoutOf(architecture string, st *types.Struct) layout {
	sizes := types.SizesFor("gc", architecture)
	var fields []*types.Var
	for field := range st.Fields() {
		fields = append(fields, field)
	}
	return layout{sizes.Sizeof(st), sizes.Alignof(st), sizes.Offsetsof(fields)}
}
