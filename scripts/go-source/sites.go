package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// siteFile is what a file declares and where it may allocate, by the compiler's positions.
type siteFile struct {
	Path      string `json:"path"`
	Lines     int    `json:"lines"`
	Generated bool   `json:"generated"`
	// Declarations are functions, methods and groups of package variables.
	Declarations []declaration `json:"declarations"`
	Variables    []variable    `json:"variables"`
	Sites        []site        `json:"sites"`
}

type declaration struct {
	place
	Name    string `json:"name"`
	First   int    `json:"first"`
	Last    int    `json:"last"`
	Generic bool   `json:"generic"`
}

type variable struct {
	place
	Name        string `json:"name"`
	IsParameter bool   `json:"isParameter"`
}

type site struct {
	place
	Kind string `json:"kind"`
	// Form is what the compiler's text of a boxed operand looks like, and "&" or "" of a literal.
	Form string `json:"form"`
	// Captures is of closures: whether they use variables around them. The body of a range over a function has form "range".
	Captures bool `json:"captures"`
}

type place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type finder struct {
	*source
	out *siteFile
	// called selectors are no method values; joined operands of + belong to the + around them.
	called map[ast.Expr]bool
	joined map[ast.Expr]bool
}

func sitesOf(s source, file *ast.File) *siteFile {
	on := s.fset.File(file.FileStart)
	out := &siteFile{Path: on.Name(), Lines: on.LineCount(), Generated: ast.IsGenerated(file),
		Declarations: []declaration{}, Variables: []variable{}, Sites: []site{}}
	f := finder{&s, out, map[ast.Expr]bool{}, map[ast.Expr]bool{}}
	for _, each := range file.Decls {
		switch d := each.(type) {
		case *ast.FuncDecl:
			f.function(d)
		case *ast.GenDecl:
			if d.Tok != token.VAR {
				continue
			}
			f.declare(d.Pos(), "", d, false)
		}
		ast.Inspect(each, f.visit)
		s.conversions(each, f.boxed)
	}
	return out
}

func (f *finder) at(pos token.Pos) place {
	p := f.position(pos)
	return place{p.Line, p.Column}
}

func (f *finder) add(pos token.Pos, kind, form string) {
	f.out.Sites = append(f.out.Sites, site{place: f.at(pos), Kind: kind, Form: form})
}

func (f *finder) declare(pos token.Pos, name string, d ast.Decl, generic bool) {
	f.out.Declarations = append(f.out.Declarations,
		declaration{f.at(pos), name, f.position(d.Pos()).Line, f.position(d.End()).Line, generic})
}

// function is placed where the compiler names it: at its name, a method at its receiver.
func (f *finder) function(d *ast.FuncDecl) {
	pos, generic := d.Name.Pos(), d.Type.TypeParams != nil
	if d.Recv != nil {
		pos = d.Recv.Opening
		object, _ := f.info.Defs[d.Name].(*types.Func)
		generic = object != nil && object.Signature().RecvTypeParams().Len() > 0
		f.variables(d.Recv, true)
	}
	f.declare(pos, d.Name.Name, d, generic)
}

func (f *finder) variables(list *ast.FieldList, isParameter bool) {
	if list == nil {
		return
	}
	for _, field := range list.List {
		for _, name := range field.Names {
			f.out.Variables = append(f.out.Variables, variable{f.at(name.Pos()), name.Name, isParameter})
		}
	}
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		f.variables(n.Type.Params, true)
		f.variables(n.Type.Results, false)
	case *ast.FuncLit:
		f.variables(n.Type.Params, true)
		f.variables(n.Type.Results, false)
		f.add(n.Type.Func, "closure", "")
		f.out.Sites[len(f.out.Sites)-1].Captures = f.captures(n)
	case *ast.Ident:
		f.name(n)
	case *ast.CallExpr:
		f.call(n)
	case *ast.CompositeLit:
		f.literal(n)
	case *ast.UnaryExpr:
		if _, ok := ast.Unparen(n.X).(*ast.CompositeLit); ok && n.Op == token.AND {
			f.add(n.OpPos, "composite", "&")
		}
	case *ast.BinaryExpr:
		f.concatenation(n)
	case *ast.SelectorExpr:
		if s := f.info.Selections[n]; s != nil && s.Kind() == types.MethodVal && !f.called[n] {
			f.add(compilerPos(n), "method-value", "")
		}
	case *ast.RangeStmt:
		if _, ok := core(f.typeOf(n.X)).(*types.Signature); ok {
			f.add(n.For, "closure", "range")
		}
	}
	return true
}

// name notes declared variables; that of a type switch has no object of its own.
func (f *finder) name(id *ast.Ident) {
	object, defines := f.info.Defs[id]
	v, isVariable := object.(*types.Var)
	if !defines || id.Name == "_" || object != nil && (!isVariable || v.IsField()) {
		return
	}
	f.out.Variables = append(f.out.Variables, variable{f.at(id.Pos()), id.Name, false})
}

func (f *finder) concatenation(e *ast.BinaryExpr) {
	if e.Op != token.ADD || f.info.Types[e].Value != nil || !isString(f.typeOf(e)) {
		return
	}
	f.joined[ast.Unparen(e.X)], f.joined[ast.Unparen(e.Y)] = true, true
	if !f.joined[e] {
		f.add(e.OpPos, "concat", "")
	}
}

func (f *finder) literal(e *ast.CompositeLit) {
	of := core(f.typeOf(e))
	if pointer, ok := of.(*types.Pointer); ok {
		f.add(e.Lbrace, "composite", "&")
		of = core(pointer.Elem())
	}
	switch of.(type) {
	case *types.Slice, *types.Map:
		f.add(e.Lbrace, "composite", "")
	}
}

func (f *finder) call(call *ast.CallExpr) {
	fun := ast.Unparen(call.Fun)
	f.called[fun] = true
	of := f.info.Types[fun]
	switch {
	case of.IsType():
		f.conversion(call, of.Type)
	case of.IsBuiltin():
		f.builtin(call)
	case of.Type != nil:
		signature, ok := core(of.Type).(*types.Signature)
		if ok && signature.Variadic() && !call.Ellipsis.IsValid() && given(f.source, call) >= signature.Params().Len() {
			f.add(call.Lparen, "variadic", "")
		}
	}
}

// conversion is one of strings, which copies; the compiler puts it at its operand.
func (f *finder) conversion(call *ast.CallExpr, to types.Type) {
	if f.info.Types[call].Value != nil {
		return
	}
	from := f.typeOf(call.Args[0])
	_, fromSlice := core(from).(*types.Slice)
	_, toSlice := core(to).(*types.Slice)
	basic, _ := core(from).(*types.Basic)
	fromInteger := basic != nil && basic.Info()&types.IsInteger != 0
	if isString(to) && (fromSlice || fromInteger) || toSlice && isString(from) {
		f.add(compilerPos(call.Args[0]), "conversion", "")
	}
}

func (f *finder) builtin(call *ast.CallExpr) {
	switch name := builtinName(call); name {
	case "new":
		f.add(call.Lparen, name, "")
	case "make":
		if _, ok := core(f.typeOf(call)).(*types.Chan); !ok {
			f.add(call.Lparen, name, "")
		}
	case "append":
		if len(call.Args) > 1 {
			f.add(call.Lparen, name, "")
		}
	}
}

func (f *finder) boxed(c conversion) {
	if isPointerShaped(c.from) {
		return
	}
	if c.statement.IsValid() {
		f.add(c.statement, "interface", "call")
		return
	}
	f.add(compilerPos(c.operand), "interface", f.form(ast.Unparen(c.operand)))
}

// form tells apart what the compiler's text of an operand may look like.
func (f *finder) form(e ast.Expr) string {
	if f.info.Types[e].Value != nil {
		return "constant"
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		if of := f.info.Types[ast.Unparen(e.Fun)]; of.IsType() || of.IsBuiltin() {
			return "operation"
		}
		return "call"
	case *ast.CompositeLit:
		return "literal"
	}
	return "operand"
}

// captures tells whether a literal uses variables of the functions around it.
func (f *finder) captures(literal *ast.FuncLit) bool {
	found := false
	ast.Inspect(literal.Body, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		v, ok := f.info.Uses[id].(*types.Var)
		isLocal := ok && !v.IsField() && v.Pkg() == f.types && v.Parent() != f.types.Scope()
		found = isLocal && (v.Pos() < literal.Pos() || v.Pos() >= literal.End())
		return true
	})
	return found
}

// compilerPos is where cmd/compile places an expression: at its operator or bracket.
func compilerPos(e ast.Expr) token.Pos {
	switch e := e.(type) {
	case *ast.CallExpr:
		return e.Lparen
	case *ast.CompositeLit:
		return e.Lbrace
	case *ast.SelectorExpr:
		return e.X.End()
	case *ast.TypeAssertExpr:
		return e.X.End()
	case *ast.IndexExpr:
		return e.Lbrack
	case *ast.IndexListExpr:
		return e.Lbrack
	case *ast.SliceExpr:
		return e.Lbrack
	case *ast.BinaryExpr:
		return e.OpPos
	}
	return e.Pos()
}
