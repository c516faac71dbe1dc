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
		register(&node{size: i}) // want escaping-pointer "This &node literal goes to the heap because it is passed to register, which keeps it: one allocation on every turn of the loop"
	}
}
