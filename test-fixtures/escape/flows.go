// Package escape holds functions whose lines are marked where the compiler puts something on the heap.
package escape

type node struct {
	next  *node
	value int
}

type holder struct {
	first  *node
	nodes  []*node
	byName map[string]*node
}

var global *node

// Returned, stored, sent.

func returned() *node {
	n := node{} // heap
	return &n
}

func returnedLater() *node {
	n := node{} // heap
	p := &n
	q := p
	return q
}

func stays() int {
	n := node{value: 1}
	p := &n
	return p.value
}

func storedInGlobal() {
	n := node{} // heap
	global = &n
}

func storedInField(h *holder) {
	h.first = &node{} // heap
}

func storedInValue() int {
	var h holder
	h.first = &node{}
	return h.first.value
}

func storedThroughPointer() {
	var h holder
	p := &h
	p.first = &node{} // heap
}

func storedInMap(h *holder) {
	h.byName["a"] = &node{} // heap
}

func storedInLocalMap() int {
	m := map[string]*node{}
	m["a"] = &node{} // heap
	return len(m)
}

func sent(c chan *node) {
	n := node{} // heap
	c <- &n
}

func sentValue(c chan node) {
	n := node{}
	c <- n
}

// Calls.

func keeps(p *node) { global = p }

func reads(p *node) int { return p.value }

func returnsIt(p *node) *node { return p }

func returnsContent(p **node) *node { return *p }

func passedToKeeper() {
	n := node{} // heap
	keeps(&n)
}

func passedToReader() int {
	n := node{}
	return reads(&n)
}

func passedThrough() *node {
	n := node{} // heap
	return returnsIt(&n)
}

func passedThroughStays() int {
	n := node{}
	return returnsIt(&n).value
}

func contentReturned() *node {
	n := node{} // heap
	p := &n
	return returnsContent(&p)
}

func (h *holder) add(n *node) { h.nodes = append(h.nodes, n) } // heap

func methodKeeps(h *holder) {
	h.add(&node{}) // heap
}

func (n node) get() int   { return n.value }
func (n *node) set(v int) { n.value = v }

func methodsStay() int {
	var n node
	n.set(1)
	return n.get()
}

type setter interface{ set(int) }

func throughInterface(s setter, fill func(*node)) {
	n := node{} // heap
	fill(&n)
	s.set(n.value)
}

func even(p *node, n int) bool {
	if n == 0 {
		global = p
		return true
	}
	return odd(p, n-1)
}

func odd(p *node, n int) bool {
	if n == 0 {
		return false
	}
	return even(p, n-1)
}

func recursion() bool {
	n := node{} // heap
	return odd(&n, 3)
}

// Loops.

func loopOuter() int {
	var last *node
	for i := 0; i < 3; i++ {
		n := node{value: i} // heap
		last = &n
	}
	return last.value
}

func loopInner() (sum int) {
	for i := 0; i < 3; i++ {
		n := node{value: i}
		p := &n
		sum += p.value
	}
	return sum
}

func rangeValue(nodes []node) (all []*node) {
	for _, n := range nodes { // heap
		all = append(all, &n) // heap
	}
	return all
}

func rangeElement(nodes []node) (all []*node) {
	for i := range nodes {
		all = append(all, &nodes[i]) // heap
	}
	return all
}

func jumpedBack() int {
	var last *node
	i := 0
again:
	n := node{value: i} // heap
	last = &n
	i++
	if i < 3 {
		goto again
	}
	return last.value
}

// Closures.

func capturedByValue() func() int {
	x := 1
	return func() int { return x } // heap
}

func capturedAfterWrites(x int) func() int {
	if x < 0 {
		x = 0
	}
	return func() int { return x } // heap
}

func capturedByReference() func() int {
	x := 1                       // heap
	f := func() int { return x } // heap
	x = 2
	return f
}

func capturedLocally() int {
	x := 1
	f := func() { x++ }
	f()
	return x
}

func capturedByGo(done chan bool) {
	x := 1      // heap
	go func() { // heap
		x++
		done <- true
	}()
}

func capturedByDefer() (x int) {
	defer func() { x++ }()
	return 1
}

func capturedLarge() func() int {
	var x [40]int                     // heap
	return func() int { return x[0] } // heap
}

func closureResult() int {
	var n node
	f := func() *node { return &n }
	return f().value
}

func closureResultLost(use func(func() *node)) {
	var n node                      // heap
	use(func() *node { return &n }) // heap
}

func goArgument() {
	n := node{} // heap
	go keeps(&n)
}

func deferArgument() {
	n := node{}
	defer reads(&n)
}

func deferInLoop() {
	for i := 0; i < 2; i++ {
		n := node{} // heap
		defer reads(&n)
	}
}

func methodValue(h *holder) func(*node) {
	return h.add // heap
}

// Builtins, conversions, interfaces.

func makes(n int) []int {
	local := make([]int, 4)
	local[0] = n
	return make([]int, n) // heap
}

func joined(a, b string) string {
	if a+b == "ab" {
		return a
	}
	return a + b // heap
}

func converted(s string) []byte {
	if string([]byte(s)) == "a" {
		return nil
	}
	return []byte(s) // heap
}

func boxed(n int) any {
	return n // heap
}

func boxedPointer(p *node) any {
	return p
}

func variadic(all ...*node) int { return len(all) }

func variadicStays() int { return variadic(&node{}, &node{}) }

func typeSwitch(v any) *node {
	switch n := v.(type) {
	case *node:
		return n
	}
	return nil
}

// Self-assignments store nothing new.

type buffer struct{ data, rest []byte }

func (b *buffer) drop(n int) { b.data = b.data[n:] }

func bufferStays() int {
	var space [8]byte
	b := buffer{data: space[:]}
	b.drop(2)
	return len(b.data)
}

// Branches that a constant rules out.

const debug = false

func deadBranch(n int) {
	v := node{value: n}
	if debug && n > 0 {
		global = &v
	}
}

func calledResult(make func() func(*node)) {
	n := node{} // heap
	f := make()
	f = make()
	f(&n)
}

// Deleted by a key that becomes an interface's.

func deletedKey(m map[any]int, k [2]int) {
	delete(m, k)
	defer delete(m, k)
}

func deletedLater(m map[any]int, keys [][2]int) {
	for _, k := range keys {
		defer delete(m, k) // heap
	}
	go delete(m, [2]int{1, len(keys)}) // heap
}
