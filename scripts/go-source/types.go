package main

import "go/types"

// core is the type's underlying one, of a type parameter that of all its terms where these agree.
func core(t types.Type) types.Type {
	parameter, ok := types.Unalias(t).(*types.TypeParam)
	if !ok {
		return t.Underlying()
	}
	var shared types.Type
	pending := []*types.Interface{parameter.Constraint().Underlying().(*types.Interface)}
	for len(pending) > 0 {
		next := pending[0]
		pending = pending[1:]
		for embedded := range next.EmbeddedTypes() {
			switch e := embedded.(type) {
			case *types.Union:
				for term := range e.Terms() {
					shared = agreed(shared, term.Type().Underlying())
				}
			default:
				if nested, ok := e.Underlying().(*types.Interface); ok {
					pending = append(pending, nested)
				} else {
					shared = agreed(shared, e.Underlying())
				}
			}
		}
	}
	if shared == nil || shared == types.Typ[types.Invalid] {
		return t.Underlying()
	}
	return shared
}

func agreed(a, b types.Type) types.Type {
	if a == nil || types.Identical(a, b) {
		return b
	}
	return types.Typ[types.Invalid]
}

func isTypeParameter(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

// isInterface is false of type parameters, which stand for what they are instantiated with.
func isInterface(t types.Type) bool { return !isTypeParameter(t) && types.IsInterface(t) }

func isString(t types.Type) bool {
	b, ok := core(t).(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// isPointerShaped tells whether an interface holds the value itself, so that nothing is boxed.
func isPointerShaped(t types.Type) bool {
	for !isTypeParameter(t) {
		switch u := t.Underlying().(type) {
		case *types.Pointer, *types.Map, *types.Chan, *types.Signature:
			return true
		case *types.Basic:
			return u.Kind() == types.UnsafePointer
		case *types.Struct:
			if u.NumFields() != 1 {
				return false
			}
			t = u.Field(0).Type()
		case *types.Array:
			if u.Len() != 1 {
				return false
			}
			t = u.Elem()
		default:
			return false
		}
	}
	return false
}
