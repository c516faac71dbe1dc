package quiet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// What is plain to see, and paid once.
func storedLiteral(size int) {
	last = &node{size: size}
}

// What the data is made of.
func chained(count int) {
	for i := range count {
		last = &node{next: last, size: i}
	}
}

// What another module asks for.
func asked(data []byte, err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Path
	}
	var text strings.Builder
	fmt.Fprintf(&text, "%s", data)
	var names []string
	if json.Unmarshal(data, &names) != nil {
		return text.String()
	}
	return names[0]
}

type keeper interface{ keep(n *node) }

// What others implement.
func askedByInterface(k keeper, size int) {
	n := node{size: size}
	k.keep(&n)
}

func askedByOptions(options []func(*node)) int {
	n := node{size: 1}
	for _, option := range options {
		option(&n)
	}
	return n.size
}

func askedBelow(data []byte) []string {
	var names []string
	decode(data, &names)
	return names
}

func decode(data []byte, into any) { _ = json.Unmarshal(data, into) }

type wish struct {
	limit *int
	name  *string
}

// What may be missing.
func optional(w *wish, limit int) *wish {
	w.limit = &limit
	name := strings.Repeat("x", limit)
	return &wish{name: &name, limit: w.limit}
}

type sink interface {
	add(fields map[string]any)
	write(data []int)
}

// What is said with a map.
func counted(s sink, counts []int) {
	for _, each := range counts {
		s.add(map[string]any{"count": each})
	}
}

func drawnAnew(s sink, count int) {
	for i := range count {
		s.write([]int{i, i + 1})
	}
}

// What a closure of each iteration needs for itself.
func scannedLater(r rows) (all []func() int) {
	for r.next() {
		var size int
		r.scan(&size)
		all = append(all, func() int { r.scan(&size); return size })
	}
	return all
}

type guarded struct {
	mu sync.Mutex
	n  node
}

var guards []*guarded

// What must not be copied.
func guard(size int) {
	g := guarded{n: node{size: size}}
	guards = append(guards, &g)
}
