package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// useFile is what the calls of a file call and which values become those of interfaces.
type useFile struct {
	Path        string       `json:"path"`
	Calls       []callUse    `json:"calls"`
	Conversions []operandUse `json:"conversions"`
}

// span is a range of bytes.
type span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

type callUse struct {
	span
	// Kind is function, method, literal, builtin, conversion, interface or dynamic.
	Kind string `json:"kind"`
	// Callee is "path Name" or "path Type.Name"; of a literal the offset at which it begins; of a builtin its name.
	Callee string `json:"callee"`
	At     int    `json:"at"`
}

type operandUse struct {
	span
	Type string `json:"type"`
}

func usesOf(s source, file *ast.File) *useFile {
	out := &useFile{Path: s.fset.File(file.FileStart).Name(), Calls: []callUse{}, Conversions: []operandUse{}}
	held := s.heldLiterals(file)
	for _, each := range file.Decls {
		ast.Inspect(each, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				use := s.callee(ast.Unparen(call.Fun), held)
				use.span = s.span(call)
				out.Calls = append(out.Calls, use)
			}
			return true
		})
		s.conversions(each, func(c conversion) {
			if !c.statement.IsValid() { // of several values none has an expression of its own
				out.Conversions = append(out.Conversions, operandUse{s.span(ast.Unparen(c.operand)), describe(c.from)})
			}
		})
	}
	return out
}

func (s *source) span(n ast.Node) span {
	return span{s.position(n.Pos()).Offset, s.position(n.End()).Offset}
}

func (s *source) callee(fun ast.Expr, held map[types.Object]*ast.FuncLit) callUse {
	of := s.info.Types[fun]
	if of.IsType() {
		return callUse{Kind: "conversion"}
	}
	id := calledName(fun)
	if literal, ok := fun.(*ast.FuncLit); ok {
		return callUse{Kind: "literal", At: s.position(literal.Pos()).Offset}
	}
	if id == nil {
		return callUse{Kind: "dynamic"}
	}
	switch object := s.info.Uses[id].(type) {
	case *types.Builtin:
		return callUse{Kind: "builtin", Callee: object.Name()}
	case *types.Func:
		return functionUse(object.Origin())
	default:
		if literal := held[object]; literal != nil {
			return callUse{Kind: "literal", At: s.position(literal.Pos()).Offset}
		}
		return callUse{Kind: "dynamic"}
	}
}

// calledName is the name behind a call; type arguments are left out.
func calledName(fun ast.Expr) *ast.Ident {
	switch f := fun.(type) {
	case *ast.Ident:
		return f
	case *ast.SelectorExpr:
		return f.Sel
	case *ast.IndexExpr:
		return calledName(ast.Unparen(f.X))
	case *ast.IndexListExpr:
		return calledName(ast.Unparen(f.X))
	}
	return nil
}

func functionUse(f *types.Func) callUse {
	path := ""
	if f.Pkg() != nil {
		path = strings.TrimPrefix(f.Pkg().Path(), "vendor/")
	}
	receiver := f.Signature().Recv()
	if receiver == nil {
		return callUse{Kind: "function", Callee: path + " " + f.Name()}
	}
	if types.IsInterface(receiver.Type()) {
		return callUse{Kind: "interface"}
	}
	of := types.Unalias(receiver.Type())
	if pointer, ok := of.(*types.Pointer); ok {
		of = types.Unalias(pointer.Elem())
	}
	named, ok := of.(*types.Named)
	if !ok {
		return callUse{Kind: "dynamic"}
	}
	return callUse{Kind: "method", Callee: path + " " + named.Obj().Name() + "." + f.Name()}
}

// heldLiterals are the local variables that only ever hold one function literal.
func (s *source) heldLiterals(file *ast.File) map[types.Object]*ast.FuncLit {
	held := map[types.Object]*ast.FuncLit{}
	changes := map[types.Object]int{}
	give := func(target, value ast.Expr) {
		id, ok := ast.Unparen(target).(*ast.Ident)
		if !ok {
			return
		}
		object := s.info.ObjectOf(id)
		changes[object]++
		if literal, ok := ast.Unparen(value).(*ast.FuncLit); ok && value != nil {
			held[object] = literal
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, target := range n.Lhs {
				if len(n.Lhs) == len(n.Rhs) {
					give(target, n.Rhs[i])
				} else {
					give(target, nil)
				}
			}
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if i < len(n.Values) {
					give(name, n.Values[i])
				}
			}
		case *ast.RangeStmt:
			give(n.Key, nil)
			give(n.Value, nil)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				give(n.X, nil)
			}
		}
		return true
	})
	for object := range held {
		if object == nil || changes[object] != 1 || object.Parent() == s.types.Scope() {
			delete(held, object)
		}
	}
	return held
}
