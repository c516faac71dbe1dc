package main

import (
	"go/ast"
	"go/token"
	"go/types"
)

// conversion is a place where a concrete value becomes one of an interface, written or implied.
type conversion struct {
	operand  ast.Expr
	from, to types.Type
	// statement is where the compiler puts the conversion of one of several values that a call gives; else NoPos.
	statement token.Pos
}

// converter finds the conversions of a declaration, after the assignability rules of the language.
type converter struct {
	*source
	found func(conversion)
	// results of the functions around the node that is looked at, innermost last.
	results []*types.Tuple
	open    []ast.Node
}

func (s *source) conversions(declaration ast.Decl, found func(conversion)) {
	c := &converter{source: s, found: found}
	ast.Inspect(declaration, func(n ast.Node) bool {
		if n == nil {
			c.leave()
			return true
		}
		c.enter(n)
		return true
	})
}

func (c *converter) enter(n ast.Node) {
	c.open = append(c.open, n)
	switch n := n.(type) {
	case *ast.FuncDecl:
		c.results = append(c.results, resultsOf(c.info.Defs[n.Name].Type()))
	case *ast.FuncLit:
		c.results = append(c.results, resultsOf(c.typeOf(n)))
	case *ast.CallExpr:
		c.call(n)
	case *ast.CompositeLit:
		c.literal(n)
	case *ast.BinaryExpr:
		if n.Op == token.EQL || n.Op == token.NEQ {
			c.value(n.X, c.typeOf(n.Y))
			c.value(n.Y, c.typeOf(n.X))
		}
	default:
		c.statement(n)
	}
}

func (c *converter) leave() {
	last := len(c.open) - 1
	switch c.open[last].(type) {
	case *ast.FuncDecl, *ast.FuncLit:
		c.results = c.results[:len(c.results)-1]
	}
	c.open = c.open[:last]
}

func resultsOf(t types.Type) *types.Tuple {
	if signature, ok := t.Underlying().(*types.Signature); ok {
		return signature.Results()
	}
	return nil
}

func (c *converter) statement(n ast.Node) {
	switch n := n.(type) {
	case *ast.ReturnStmt:
		results := c.results[len(c.results)-1]
		c.values(n.Results, n.Return, results.Len(), func(i int) types.Type { return results.At(i).Type() })
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
			c.values(n.Rhs, n.TokPos, len(n.Lhs), func(i int) types.Type { return c.typeOf(n.Lhs[i]) })
		}
	case *ast.ValueSpec:
		if n.Type != nil {
			c.values(n.Values, n.Pos(), len(n.Names), func(int) types.Type { return c.typeOf(n.Type) })
		}
	case *ast.SendStmt:
		if channel, ok := core(c.typeOf(n.Chan)).(*types.Chan); ok {
			c.value(n.Value, channel.Elem())
		}
	case *ast.IndexExpr:
		if m, ok := core(c.typeOf(n.X)).(*types.Map); ok {
			c.value(n.Index, m.Key())
		}
	case *ast.SwitchStmt:
		if n.Tag != nil {
			c.cases(n)
		}
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			c.ranged(n)
		}
	}
}

func (c *converter) value(e ast.Expr, to types.Type) { c.one(e, token.NoPos, c.typeOf(e), to) }

func (c *converter) one(e ast.Expr, statement token.Pos, from, to types.Type) {
	if to == nil || !isInterface(to) || isInterface(from) {
		return
	}
	if _, ok := from.(*types.Tuple); ok {
		return
	}
	if basic, ok := from.(*types.Basic); ok && (basic.Kind() == types.UntypedNil || basic.Kind() == types.Invalid) {
		return
	}
	c.found(conversion{e, types.Default(from), to, statement})
}

// values are assigned to count targets; one expression may give them all.
func (c *converter) values(values []ast.Expr, statement token.Pos, count int, target func(int) types.Type) {
	if len(values) == count {
		for i, value := range values {
			c.value(value, target(i))
		}
	} else if len(values) == 1 {
		if several, ok := c.typeOf(values[0]).(*types.Tuple); ok && several.Len() == count {
			for i := range count {
				c.one(values[0], statement, several.At(i).Type(), target(i))
			}
		}
	}
}

// cases compares the tag with the values: whichever side is no interface becomes one.
func (c *converter) cases(s *ast.SwitchStmt) {
	tag := c.typeOf(s.Tag)
	asked := false
	for _, clause := range s.Body.List {
		for _, value := range clause.(*ast.CaseClause).List {
			c.value(value, tag)
			if of := c.typeOf(value); isInterface(of) && !asked {
				asked = true
				c.value(s.Tag, of)
			}
		}
	}
}

func (c *converter) ranged(s *ast.RangeStmt) {
	var key, element types.Type
	switch of := core(c.typeOf(s.X)).(type) {
	case *types.Slice:
		key, element = types.Typ[types.Int], of.Elem()
	case *types.Array:
		key, element = types.Typ[types.Int], of.Elem()
	case *types.Map:
		key, element = of.Key(), of.Elem()
	default:
		return
	}
	if s.Key != nil {
		c.one(s.Key, s.For, key, c.typeOf(s.Key))
	}
	if s.Value != nil {
		c.one(s.Value, s.For, element, c.typeOf(s.Value))
	}
}

func (c *converter) literal(literal *ast.CompositeLit) {
	of := core(c.typeOf(literal))
	if pointer, ok := of.(*types.Pointer); ok { // an element of []*T without its &T
		of = core(pointer.Elem())
	}
	switch of := of.(type) {
	case *types.Struct:
		c.fields(literal, of)
	case *types.Map:
		c.elements(literal, of.Key(), of.Elem())
	case *types.Slice:
		c.elements(literal, nil, of.Elem())
	case *types.Array:
		c.elements(literal, nil, of.Elem())
	}
}

func (c *converter) fields(literal *ast.CompositeLit, of *types.Struct) {
	for i, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); !ok {
			c.value(element, of.Field(i).Type())
		} else if field, ok := c.info.Uses[pair.Key.(*ast.Ident)].(*types.Var); ok {
			c.value(pair.Value, field.Type())
		}
	}
}

func (c *converter) elements(literal *ast.CompositeLit, key, element types.Type) {
	for _, e := range literal.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			c.value(pair.Key, key)
			e = pair.Value
		}
		c.value(e, element)
	}
}

func (c *converter) call(call *ast.CallExpr) {
	of := c.info.Types[ast.Unparen(call.Fun)]
	switch {
	case of.IsType():
		c.value(call.Args[0], of.Type)
	case of.IsBuiltin():
		c.builtin(call)
	case of.Type != nil:
		if signature, ok := core(of.Type).(*types.Signature); ok {
			c.arguments(call, signature)
		}
	}
}

func (c *converter) arguments(call *ast.CallExpr, signature *types.Signature) {
	c.values(call.Args, call.Lparen, given(c.source, call), func(i int) types.Type {
		last := signature.Params().Len() - 1
		if !signature.Variadic() || i < last || call.Ellipsis.IsValid() {
			return signature.Params().At(i).Type()
		}
		if slice, ok := core(signature.Params().At(last).Type()).(*types.Slice); ok {
			return slice.Elem()
		}
		return nil
	})
}

// given counts the values handed over; f(g()) hands over all that g gives.
func given(s *source, call *ast.CallExpr) int {
	if len(call.Args) == 1 {
		if several, ok := s.typeOf(call.Args[0]).(*types.Tuple); ok {
			return several.Len()
		}
	}
	return len(call.Args)
}

func (c *converter) builtin(call *ast.CallExpr) {
	switch name := builtinName(call); name {
	case "append":
		if slice, ok := core(c.typeOf(call)).(*types.Slice); ok && !call.Ellipsis.IsValid() {
			for _, element := range call.Args[1:] {
				c.value(element, slice.Elem())
			}
		}
	case "panic":
		c.value(call.Args[0], types.NewInterfaceType(nil, nil))
	case "delete":
		if m, ok := core(c.typeOf(call.Args[0])).(*types.Map); ok {
			c.value(call.Args[1], m.Key())
		}
	}
}

// builtinName is empty of those of package unsafe, which convert nothing.
func builtinName(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
