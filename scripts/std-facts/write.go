package main

import (
	"bytes"
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A writer collects the declarations of one package.
type writer struct {
	pkg *types.Package
	// narrow is the package as it is with words of 32 bits.
	narrow  *types.Package
	leaks   *leaks
	imports map[string]string // path to name
	written map[types.Object]bool
	// needed are declarations that written ones mention and that are not exported or not importable.
	needed []types.Object
	// adopted are types of internal packages, declared in the stub under a name of their own.
	adopted map[types.Object]string

	consts, vars, typs, funcs bytes.Buffer
}

func newWriter(pkg, narrow *types.Package, compiled *leaks) *writer {
	return &writer{pkg: pkg, narrow: narrow, leaks: compiled, imports: map[string]string{}, written: map[types.Object]bool{}, adopted: map[types.Object]string{}}
}

func (w *writer) text() string {
	scope := w.pkg.Scope()
	for _, name := range scope.Names() {
		if token.IsExported(name) {
			w.object(scope.Lookup(name))
		}
	}
	for len(w.needed) > 0 {
		next := w.needed[0]
		w.needed = w.needed[1:]
		w.object(next)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "package %s\n\n", w.pkg.Name())
	for _, path := range slices.Sorted(maps.Keys(w.imports)) {
		fmt.Fprintf(&out, "import %q\n", path)
	}
	group(&out, "const", w.consts.String())
	group(&out, "var", w.vars.String())
	out.WriteString(w.typs.String())
	out.WriteString(w.funcs.String())
	return out.String()
}

func group(out *strings.Builder, keyword, lines string) {
	if lines != "" {
		fmt.Fprintf(out, "%s (\n%s)\n", keyword, lines)
	}
}

func (w *writer) object(obj types.Object) {
	if w.written[obj] {
		return
	}
	w.written[obj] = true
	switch obj := obj.(type) {
	case *types.Const:
		w.constant(obj)
	case *types.Var:
		fmt.Fprintf(&w.vars, "%s %s\n", obj.Name(), w.typeString(obj.Type()))
	case *types.TypeName:
		w.typeName(obj)
	case *types.Func:
		fmt.Fprintf(&w.funcs, "func %s%s%s\n", obj.Name(), w.signature(obj.Signature()), w.leaks.tags(obj))
	}
}

func (w *writer) constant(obj *types.Const) {
	basic, _ := obj.Type().(*types.Basic)
	if basic != nil && basic.Info()&types.IsUntyped != 0 {
		fmt.Fprintf(&w.consts, "%s = %s\n", obj.Name(), w.untyped(obj, basic.Kind()))
		return
	}
	under := obj.Type().Underlying().(*types.Basic)
	fmt.Fprintf(&w.consts, "%s %s = %s\n", obj.Name(), w.typeString(obj.Type()), literal(obj.Val(), under.Kind()))
}

// untyped writes an expression instead of the value where the size of a word decides. System calls differ for other reasons.
func (w *writer) untyped(obj *types.Const, kind types.BasicKind) string {
	narrow, _ := w.narrow.Scope().Lookup(obj.Name()).(*types.Const)
	isSame := narrow == nil || constant.Compare(obj.Val(), token.EQL, narrow.Val())
	if isSame || kind != types.UntypedInt || w.pkg.Path() == "syscall" {
		return literal(obj.Val(), kind)
	}
	more := constant.BinaryOp(obj.Val(), token.SUB, narrow.Val())
	return fmt.Sprintf("%s + %s*(1<<(^uint(0)>>63)-1)", narrow.Val().ExactString(), more.ExactString())
}

// literal writes a value so that it has the untyped kind that goes with the type.
func literal(value constant.Value, kind types.BasicKind) string {
	switch value.Kind() {
	case constant.String:
		return strconv.Quote(constant.StringVal(value))
	case constant.Int:
		n, exact := constant.Int64Val(value)
		if kind == types.UntypedRune && exact && utf8.ValidRune(rune(n)) {
			return strconv.QuoteRuneToASCII(rune(n))
		}
		if kind == types.UntypedRune {
			return value.ExactString() + ` + '\x00'`
		}
		if kind == types.UntypedFloat {
			return value.ExactString() + ".0"
		}
		return value.ExactString()
	case constant.Float:
		text := floatOf(value).Text('g', 50)
		if !strings.ContainsAny(text, ".e") {
			text += ".0"
		}
		return text
	default:
		return value.ExactString()
	}
}

func floatOf(value constant.Value) *big.Float {
	switch v := constant.Val(value).(type) {
	case *big.Float:
		return v
	case *big.Rat:
		return new(big.Float).SetPrec(512).SetRat(v)
	default:
		f, _ := constant.Float64Val(value)
		return big.NewFloat(f)
	}
}

func (w *writer) typeName(obj *types.TypeName) {
	name := w.nameOf(obj)
	if alias, ok := obj.Type().(*types.Alias); ok {
		fmt.Fprintf(&w.typs, "type %s%s = %s\n", name, w.typeParams(alias.TypeParams()), w.typeString(alias.Rhs()))
		return
	}
	named, ok := obj.Type().(*types.Named)
	if !ok {
		fmt.Fprintf(&w.typs, "type %s = %s\n", name, w.typeString(obj.Type()))
		return
	}
	fmt.Fprintf(&w.typs, "type %s%s %s\n", name, w.typeParams(named.TypeParams()), w.underlying(named))
	var methods []*types.Func
	for method := range named.Methods() {
		if method.Exported() {
			methods = append(methods, method)
		}
	}
	slices.SortFunc(methods, func(a, b *types.Func) int { return strings.Compare(a.Name(), b.Name()) })
	for _, method := range methods {
		sig := method.Signature()
		fmt.Fprintf(&w.typs, "func (%s) %s%s%s\n", w.receiver(sig, name), method.Name(), w.signature(sig), w.leaks.tags(method))
	}
}

func (w *writer) underlying(named *types.Named) string {
	if s, ok := named.Underlying().(*types.Struct); ok {
		return w.structString(s)
	}
	return w.typeString(named.Underlying())
}

func (w *writer) receiver(sig *types.Signature, name string) string {
	var b strings.Builder
	if recv := sig.Recv().Name(); recv != "" {
		b.WriteString(recv + " ")
	}
	if _, ok := sig.Recv().Type().(*types.Pointer); ok {
		b.WriteString("*")
	}
	b.WriteString(name)
	if params := sig.RecvTypeParams(); params.Len() > 0 {
		names := make([]string, 0, params.Len())
		for param := range params.TypeParams() {
			names = append(names, param.Obj().Name())
		}
		fmt.Fprintf(&b, "[%s]", strings.Join(names, ", "))
	}
	return b.String()
}

func (w *writer) typeParams(params *types.TypeParamList) string {
	if params.Len() == 0 {
		return ""
	}
	parts := make([]string, 0, params.Len())
	for param := range params.TypeParams() {
		parts = append(parts, param.Obj().Name()+" "+w.typeString(param.Constraint()))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func (w *writer) signature(sig *types.Signature) string {
	var b bytes.Buffer
	w.noteTypes(sig)
	types.WriteSignature(&b, sig, w.qualify)
	return w.withAdopted(b.String())
}

func (w *writer) typeString(t types.Type) string {
	w.noteTypes(t)
	return w.withAdopted(types.TypeString(t, w.qualify))
}

// adoptedMark goes around what stands before the dot of a type that has no importable package, until its name replaces it.
const adoptedMark = "\x00"

func (w *writer) qualify(pkg *types.Package) string {
	switch {
	case pkg == w.pkg:
		return ""
	case isHidden(pkg.Path()):
		return adoptedMark + pkg.Path() + adoptedMark
	default:
		w.imports[pkg.Path()] = pkg.Name()
		return pkg.Name()
	}
}

func (w *writer) withAdopted(text string) string {
	for obj, name := range w.adopted {
		text = replaceWord(text, adoptedMark+obj.Pkg().Path()+adoptedMark+"."+obj.Name(), name)
	}
	return text
}

// replaceWord replaces old where no identifier character follows it.
func replaceWord(text, old, new string) string {
	var b strings.Builder
	for {
		at := strings.Index(text, old)
		if at < 0 {
			b.WriteString(text)
			return b.String()
		}
		rest := text[at+len(old):]
		b.WriteString(text[:at])
		if rest != "" && (rest[0] == '_' || rest[0] >= '0' && rest[0] <= '9' || rest[0]|0x20 >= 'a' && rest[0]|0x20 <= 'z') {
			b.WriteString(old)
		} else {
			b.WriteString(new)
		}
		text = rest
	}
}

func (w *writer) nameOf(obj types.Object) string {
	if name, ok := w.adopted[obj]; ok {
		return name
	}
	return obj.Name()
}

// need asks for the declaration of a type that the stub mentions.
func (w *writer) need(obj *types.TypeName) {
	switch {
	case obj.Pkg() == nil || obj.Parent() == nil || obj.Parent() != obj.Pkg().Scope():
		return
	case obj.Pkg() == w.pkg:
		if !obj.Exported() {
			w.needed = append(w.needed, obj)
		}
	case isHidden(obj.Pkg().Path()):
		if _, ok := w.adopted[obj]; !ok {
			w.adopted[obj] = w.freeName(obj)
			w.needed = append(w.needed, obj)
		}
	}
}

// freeName keeps the type's own name, which an embedded field takes from it, unless the package has that already.
func (w *writer) freeName(obj types.Object) string {
	name := obj.Name()
	for w.pkg.Scope().Lookup(name) != nil || slices.Contains(slices.Collect(maps.Values(w.adopted)), name) {
		name = obj.Pkg().Name() + "_" + name
	}
	return name
}

// noteTypes asks for all types that t mentions.
func (w *writer) noteTypes(t types.Type) {
	switch t := t.(type) {
	case *types.Named:
		w.need(t.Obj())
		w.noteList(t.TypeArgs())
	case *types.Alias:
		w.need(t.Obj())
		w.noteList(t.TypeArgs())
	case *types.Pointer:
		w.noteTypes(t.Elem())
	case *types.Slice:
		w.noteTypes(t.Elem())
	case *types.Array:
		w.noteTypes(t.Elem())
	case *types.Chan:
		w.noteTypes(t.Elem())
	case *types.Map:
		w.noteTypes(t.Key())
		w.noteTypes(t.Elem())
	case *types.Tuple:
		for v := range t.Variables() {
			w.noteTypes(v.Type())
		}
	case *types.Signature:
		for param := range t.TypeParams().TypeParams() {
			w.noteTypes(param.Constraint())
		}
		w.noteTypes(t.Params())
		w.noteTypes(t.Results())
	case *types.Struct:
		for field := range t.Fields() {
			w.noteTypes(field.Type())
		}
	case *types.Interface:
		for method := range t.ExplicitMethods() {
			w.noteTypes(method.Type())
		}
		for embedded := range t.EmbeddedTypes() {
			w.noteTypes(embedded)
		}
	case *types.Union:
		for term := range t.Terms() {
			w.noteTypes(term.Type())
		}
	}
}

func (w *writer) noteList(list *types.TypeList) {
	for t := range list.Types() {
		w.noteTypes(t)
	}
}
