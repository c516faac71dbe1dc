package main

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// leaks is what the compiler says of parameters: by place, the fewest dereferences after which each leaks to the heap or to
// a result.
type leaks struct {
	library *library
	endings *endings
	// places holds every parameter the compiler spoke of, as file:line:column relative to the root.
	places map[string]*leak
	// inlinable holds the cost of functions that the compiler inlines, by the line where they begin, as file:line.
	inlinable map[string]string
	// instantiated are the lines where generic functions begin of which the compiler saw an instance.
	instantiated map[string]bool
	// allocations are what goes to the heap, by file: what, where, and where its address ends up.
	allocations map[string][]allocation
}

type allocation struct {
	line, column int
	text         string
	target       string
}

type leak struct {
	heap    int // -1 for none
	results map[string]int
}

var (
	leakLine  = regexp.MustCompile(`^(\S+?:\d+:\d+): parameter (\S+) leaks to (\{.+?\}|\S+)(?: for .+)? with derefs=(\d+):$`)
	plainLine = regexp.MustCompile(`^(\S+?:\d+:\d+): leaking param: (\S+)$`)
	movedLine = regexp.MustCompile(`^(\S+?:\d+:\d+): moved to heap: (\S+)$`)
	keptLine  = regexp.MustCompile(`^(\S+?:\d+:\d+): (\S+) does not escape$`)
	canLine   = regexp.MustCompile(`^(\S+?:\d+):\d+: can inline \S+ with cost (\d+) as:`)
	// Of a generic function there are two for each instance: its body for all types of one shape, and what calls that for one type.
	shapeLine = regexp.MustCompile(`^(\S+?:\d+):\d+: (?:can inline \S*\[go\.shape\..* with cost (\d+) as:|cannot inline \S*\[go\.shape\.)`)
	typeLine  = regexp.MustCompile(`^\S+?:\d+:\d+: can inline [^ (]*(?:\(\S*)?\[`)
	heapLine  = regexp.MustCompile(`^(\S+?):(\d+):(\d+): (.+?) escapes to heap(?: in \S+)?:$`)
	flowLine  = regexp.MustCompile(`^\S+?:\d+:\d+:   flow: (.+?) (?:←|=) `)
)

// compileLeaks builds the standard library with a cache of its own, because the compiler explains itself only when it compiles.
func compileLeaks(from *library, packages []*types.Package) (*leaks, error) {
	work, err := os.MkdirTemp("", "std-facts")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	found := &leaks{
		library:      from,
		endings:      &endings{library: from, known: map[*types.Func]bool{}},
		places:       map[string]*leak{},
		inlinable:    map[string]string{},
		instantiated: map[string]bool{},
		allocations:  map[string][]allocation{},
	}
	cache := filepath.Join(work, "cache")
	if err := found.compile(from.root, cache, "-gcflags=std=-m=2", "std"); err != nil {
		return nil, err
	}
	module := filepath.Join(work, "instances")
	if err := writeInstances(module, packages); err != nil {
		return nil, err
	}
	return found, found.compile(module, cache, "-gcflags=-m=2", ".")
}

func writeInstances(module string, packages []*types.Package) error {
	if err := os.Mkdir(module, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module instances\n\ngo 1.24\n"), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(module, "instances.go"), []byte(instancesOf(packages)), 0o644)
}

func (l *leaks) compile(dir, cache string, arguments ...string) error {
	cmd := exec.Command("go", append([]string{"build"}, arguments...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=", "GOCACHE="+cache)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build in %s: %w\n%s", dir, err, lastLines(out))
	}
	return l.read(bytes.NewReader(out), dir)
}

func lastLines(out []byte) []byte {
	return out[max(0, len(out)-2000):]
}

// read takes what the compiler says of the library's files when it runs in the directory.
func (l *leaks) read(text io.Reader, dir string) error {
	lines := bufio.NewScanner(text)
	lines.Buffer(nil, 1<<24)
	var last *allocation
	for lines.Scan() {
		line := l.fromRoot(lines.Text(), dir)
		if m := flowLine.FindStringSubmatch(line); m != nil && last != nil {
			last.target = m[1]
		} else if m := heapLine.FindStringSubmatch(line); m != nil {
			made, err := allocationAt(m)
			if err != nil {
				return err
			}
			l.allocations[m[1]] = append(l.allocations[m[1]], made)
			last = &l.allocations[m[1]][len(l.allocations[m[1]])-1]
		} else if m := shapeLine.FindStringSubmatch(line); m != nil {
			l.instantiated[m[1]] = true
			l.inlinable[m[1]] = m[2]
		} else if typeLine.MatchString(line) {
			continue
		} else if m := canLine.FindStringSubmatch(line); m != nil {
			l.inlinable[m[1]] = m[2]
		} else if m := leakLine.FindStringSubmatch(line); m != nil {
			derefs, err := strconv.Atoi(m[4])
			if err != nil {
				return err
			}
			last = nil
			l.at(m[1]).add(m[3], derefs)
		} else if m := plainLine.FindStringSubmatch(line); m != nil {
			l.at(m[1]).add("{heap}", 0)
		} else if m := movedLine.FindStringSubmatch(line); m != nil {
			l.at(m[1]).add("{heap}", 0)
		} else if m := keptLine.FindStringSubmatch(line); m != nil {
			l.at(m[1])
		}
	}
	return lines.Err()
}

// fromRoot is the message with its file relative to the root.
func (l *leaks) fromRoot(line, dir string) string {
	end := strings.Index(line, ".go:")
	if dir == l.library.root || end < 0 {
		return line
	}
	file := line[:end]
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	relative, err := filepath.Rel(l.library.root, file)
	if err != nil {
		return line
	}
	return filepath.ToSlash(relative) + line[end:]
}

func allocationAt(match []string) (allocation, error) {
	line, err := strconv.Atoi(match[2])
	if err != nil {
		return allocation{}, err
	}
	column, err := strconv.Atoi(match[3])
	return allocation{line: line, column: column, text: match[4], target: "{heap}"}, err
}

func (l *leaks) at(place string) *leak {
	if l.places[place] == nil {
		l.places[place] = &leak{heap: -1, results: map[string]int{}}
	}
	return l.places[place]
}

// add keeps the fewest dereferences. Everything that is no result of the function outlives it, and counts as the heap.
func (k *leak) add(target string, derefs int) {
	if strings.HasPrefix(target, "{") {
		if k.heap < 0 || derefs < k.heap {
			k.heap = derefs
		}
		return
	}
	name := withoutPackage(target)
	if known, ok := k.results[name]; !ok || derefs < known {
		k.results[name] = derefs
	}
}

// withoutPackage is the name of a result: wrappers of embedded methods and instances are compiled elsewhere than where they
// are written, and their messages put a package before it.
func withoutPackage(target string) string {
	if strings.HasPrefix(target, "{") {
		return target
	}
	return target[strings.LastIndexByte(target, '.')+1:]
}

// inlined is what a call of the function allocates in its caller, each kind and way once: ` !composite.r0` for a literal whose
// address is the first result, ` !interface.h` for a box that something keeps; before them the cost of inlining it, ` @6`.
func (l *leaks) inlined(fn *types.Func) string {
	file, line, _ := l.library.place(fn.Pos())
	cost := l.inlinable[fmt.Sprintf("%s:%d", file, line)]
	if cost == "" {
		return ""
	}
	var tags strings.Builder
	tags.WriteString(" @" + cost)
	if hasTypeParams(fn.Signature()) && hasFunction(fn.Signature()) {
		return tags.String()
	}
	all := l.allocationsIn(fn)
	seen := map[string]bool{}
	for _, each := range all {
		tag := " !" + kindOf(each.text) + "." + destination(fn.Signature(), each, all)
		if !seen[tag] {
			seen[tag] = true
			tags.WriteString(tag)
		}
	}
	return tags.String()
}

// allocationsIn are those the compiler puts into the function itself, not into a literal in it. Only the newest compilers
// name the function, so the place has to tell.
func (l *leaks) allocationsIn(fn *types.Func) []allocation {
	declaration := l.library.functions[fn]
	if declaration == nil {
		return nil
	}
	literals := literalsIn(declaration)
	file, _, _ := l.library.place(fn.Pos())
	var found []allocation
	for _, each := range l.allocations[file] {
		isInner := slices.ContainsFunc(literals, func(literal *ast.FuncLit) bool { return l.isInside(each, literal.Type.End(), literal.End()) })
		if !isInner && l.isInside(each, declaration.Pos(), declaration.End()) {
			found = append(found, each)
		}
	}
	return found
}

func literalsIn(declaration *ast.FuncDecl) []*ast.FuncLit {
	var literals []*ast.FuncLit
	ast.Inspect(declaration, func(node ast.Node) bool {
		literal, ok := node.(*ast.FuncLit)
		if ok {
			literals = append(literals, literal)
		}
		return !ok
	})
	return literals
}

func (l *leaks) isInside(each allocation, from, to token.Pos) bool {
	_, firstLine, firstColumn := l.library.place(from)
	_, lastLine, lastColumn := l.library.place(to)
	isAfter := each.line > firstLine || each.line == firstLine && each.column >= firstColumn
	isBefore := each.line < lastLine || each.line == lastLine && each.column < lastColumn
	return isAfter && isBefore
}

// destination follows what is stored in another allocation to where that one goes.
func destination(sig *types.Signature, of allocation, all []allocation) string {
	target := of.target
	for range all {
		text, isStored := strings.CutPrefix(target, "{storage for ")
		if !isStored {
			break
		}
		for _, each := range all {
			if each.text+"}" == text {
				target = each.target
			}
		}
	}
	for i := range sig.Results().Len() {
		if withoutPackage(target) == resultName(sig, i) {
			return "r" + strconv.Itoa(i)
		}
	}
	return "h"
}

func kindOf(text string) string {
	switch {
	case strings.HasPrefix(text, "make("):
		return "make"
	case strings.HasPrefix(text, "new("):
		return "new"
	case text == "append" || strings.HasPrefix(text, "append("):
		return "append"
	case text == "func literal":
		return "closure"
	case text == "... argument":
		return "variadic"
	case strings.HasSuffix(text, "{...}") || strings.HasSuffix(text, "{}"):
		return "composite"
	}
	return "interface"
}

func (l *leaks) place(pos token.Pos) string {
	file, line, column := l.library.place(pos)
	return fmt.Sprintf("%s:%d:%d", file, line, column)
}

// tags are the leaks of a function's parameters, receiver first, as the stub's comment has them: `-` for none, `?` where the
// compiler said nothing of one that can hold a pointer, else `h` and `r<result>.` with the dereferences. Of a generic function
// that calls or gives functions a `?` is in front: where it is inlined, the compiler may see which they are. Empty when nothing
// leaks. `never` stands for a function that does not return.
func (l *leaks) tags(fn *types.Func) string {
	sig := fn.Signature()
	var vars []*types.Var
	if recv := sig.Recv(); recv != nil {
		vars = append(vars, recv)
	}
	for param := range sig.Params().Variables() {
		vars = append(vars, param)
	}
	tags := make([]string, len(vars))
	isOpen := hasTypeParams(sig) && hasFunction(sig)
	leaksAny := false
	for i, v := range vars {
		tags[i] = l.tag(v, fn)
		if isOpen && tags[i] != "-" && tags[i] != "?" {
			tags[i] = "?" + tags[i]
		}
		leaksAny = leaksAny || tags[i] != "-"
	}
	if !leaksAny {
		tags = nil
	}
	words := strings.TrimPrefix(strings.Join(tags, " ")+l.inlined(fn), " ")
	if l.endings.neverReturns(fn) {
		words = strings.TrimPrefix(words+" never", " ")
	}
	if words == "" {
		return ""
	}
	return " //" + words
}

func hasTypeParams(sig *types.Signature) bool {
	return sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0
}

func hasFunction(sig *types.Signature) bool {
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			if _, ok := v.Type().Underlying().(*types.Signature); ok {
				return true
			}
		}
	}
	return false
}

func (l *leaks) tag(v *types.Var, fn *types.Func) string {
	sig := fn.Signature()
	if v.Name() == "" || v.Name() == "_" || !mayPoint(v.Type(), 0) {
		return "-"
	}
	known := l.places[l.place(v.Pos())]
	if known == nil {
		return l.tagUntold(fn)
	}
	var tag strings.Builder
	heap := known.heap
	for i := range sig.Results().Len() {
		derefs, ok := known.results[resultName(sig, i)]
		if ok && (heap < 0 || derefs < heap) {
			fmt.Fprintf(&tag, "r%d.%d", i, derefs)
		}
	}
	for target, derefs := range known.results {
		if !isResult(sig, target) && (heap < 0 || derefs < heap) {
			heap = derefs
		}
	}
	if heap >= 0 {
		return fmt.Sprintf("h%d%s", heap, tag.String())
	}
	if tag.Len() == 0 {
		return "-"
	}
	return tag.String()
}

// tagUntold is of a parameter that the compiler does not speak of: of instances it tells what leaks and not what does not.
func (l *leaks) tagUntold(fn *types.Func) string {
	file, line, _ := l.library.place(fn.Pos())
	if hasTypeParams(fn.Signature()) && l.instantiated[fmt.Sprintf("%s:%d", file, line)] {
		return "-"
	}
	return "?"
}

func resultName(sig *types.Signature, i int) string {
	if name := sig.Results().At(i).Name(); name != "" && name != "_" {
		return name
	}
	return "~r" + strconv.Itoa(i)
}

func isResult(sig *types.Signature, name string) bool {
	for i := range sig.Results().Len() {
		if resultName(sig, i) == name {
			return true
		}
	}
	return false
}

// mayPoint reports whether values of the type can hold a pointer; type parameters can.
func mayPoint(t types.Type, depth int) bool {
	switch t := types.Unalias(t).(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		return depth > 50 || mayPoint(t.Underlying(), depth+1)
	case *types.Basic:
		return t.Kind() == types.String || t.Kind() == types.UnsafePointer
	case *types.Array:
		return t.Len() != 0 && mayPoint(t.Elem(), depth+1)
	case *types.Struct:
		for field := range t.Fields() {
			if mayPoint(field.Type(), depth+1) {
				return true
			}
		}
		return false
	}
	return true
}
