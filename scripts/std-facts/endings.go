package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// endings knows the functions that never return to their caller: every way through them ends in a panic, in a loop without
// end, or in another such function. Whatever may return counts as returning, so a `never` is always true.
type endings struct {
	library *library
	known   map[*types.Func]bool
}

// byCompiler is what functions panic with whose bodies the compiler replaces.
const byCompiler = `"intrinsic"`

// withoutBody never return, and are written elsewhere than in Go.
var withoutBody = map[string]bool{"syscall.Exit": true, "runtime.Goexit": true}

func (e *endings) neverReturns(fn *types.Func) bool {
	fn = fn.Origin()
	if withoutBody[fn.FullName()] {
		return true
	}
	if known, ok := e.known[fn]; ok {
		return known
	}
	e.known[fn] = false // what calls itself is taken to return
	if declaration := e.library.functions[fn]; declaration != nil && !mayLeave(declaration.Body) {
		e.known[fn] = e.endsIn(declaration.Body.List)
	}
	return e.known[fn]
}

// mayLeave reports whether a body holds anything that goes elsewhere than on: returns, jumps, and deferred calls, which may recover.
func mayLeave(body *ast.BlockStmt) bool {
	leaves := false
	ast.Inspect(body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.DeferStmt:
			leaves = true
		case *ast.BranchStmt:
			leaves = leaves || node.Tok == token.GOTO
		}
		return true
	})
	return leaves
}

// endsIn reports whether one of the statements, of which each comes after the one before, never ends.
func (e *endings) endsIn(list []ast.Stmt) bool {
	for _, statement := range list {
		if e.ends(statement) {
			return true
		}
	}
	return false
}

func (e *endings) ends(statement ast.Stmt) bool {
	switch s := statement.(type) {
	case *ast.ExprStmt:
		call, ok := ast.Unparen(s.X).(*ast.CallExpr)
		return ok && e.callEnds(call)
	case *ast.BlockStmt:
		return e.endsIn(s.List)
	case *ast.LabeledStmt:
		return e.ends(s.Stmt)
	case *ast.IfStmt:
		return s.Else != nil && e.endsIn(s.Body.List) && e.ends(s.Else)
	case *ast.ForStmt:
		return s.Cond == nil && !hasBreak(s.Body)
	case *ast.SwitchStmt:
		return e.clausesEnd(s.Body, true)
	case *ast.TypeSwitchStmt:
		return e.clausesEnd(s.Body, true)
	case *ast.SelectStmt:
		return e.clausesEnd(s.Body, false)
	}
	return false
}

func (e *endings) callEnds(call *ast.CallExpr) bool {
	var name *ast.Ident
	switch callee := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = callee
	case *ast.SelectorExpr:
		name = callee.Sel
	default:
		return false
	}
	switch object := e.library.info.Uses[name].(type) {
	case *types.Builtin:
		if object.Name() != "panic" {
			return false
		}
		literal, ok := call.Args[0].(*ast.BasicLit)
		return !ok || literal.Value != byCompiler
	case *types.Func:
		return e.neverReturns(object)
	}
	return false
}

// clausesEnd reports whether all clauses end, one of which is always taken.
func (e *endings) clausesEnd(body *ast.BlockStmt, needsDefault bool) bool {
	if hasBreak(body) {
		return false
	}
	for _, each := range body.List {
		switch clause := each.(type) {
		case *ast.CaseClause:
			needsDefault = needsDefault && clause.List != nil
			if !e.endsIn(clause.Body) {
				return false
			}
		case *ast.CommClause:
			if !e.endsIn(clause.Body) {
				return false
			}
		}
	}
	return !needsDefault
}

// hasBreak also counts the breaks of inner statements, which is on the safe side.
func hasBreak(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(node ast.Node) bool {
		branch, ok := node.(*ast.BranchStmt)
		found = found || ok && branch.Tok == token.BREAK
		_, isLiteral := node.(*ast.FuncLit)
		return !isLiteral
	})
	return found
}
