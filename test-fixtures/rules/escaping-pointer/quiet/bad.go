package quiet

type node struct {
	next *node
	size int
}

var last *node

func stored(size int) {
	n := node{size: size} // want escaping-pointer "n moves to the heap because its address is assigned to last: one allocation on every call"
	n.size++
	last = &n
}

func register(n *node) { last = n }

func registered(count int) {
	for i := range count {
		register(&node{size: i}) // want escaping-pointer "This &node literal goes to the heap because it is passed to register, which keeps it: one allocation on every iteration of the loop"
	}
}

type sketch interface{ draw(points []int) }

func drawn(s sketch, count int) {
	for range count {
		s.draw([]int{0, 1}) // want escaping-pointer "This literal goes to the heap because it is passed to s.draw, which is known only at run time"
	}
}

var limit *int

func limited(size int) { // want escaping-pointer "size moves to the heap because its address is assigned to limit"
	limit = &size
}

type watcher interface{ watch(n *node) }

func watched(w watcher, size int) int {
	n := node{size: size} // want escaping-pointer "n moves to the heap because its address is passed to w.watch, which is known only at run time.*also on the paths that never take the address"
	if w != nil {
		w.watch(&n)
	}
	return n.size
}

type rows interface {
	next() bool
	scan(into ...any)
}

func scanned(r rows) (sum int) {
	for r.next() {
		var size int // want escaping-pointer "size moves to the heap because its address is passed to r.scan.*Declare it before the loop"
		r.scan(&size)
		sum += size
	}
	return sum
}
