//go:build !fixed

package escapingpointer

import (
	"fmt"
	"io"
	"slices"
	"sync"
)

type point struct{ x, y int }

type shape struct {
	origin *point
	name   string
}

var lastSeen *point

var registered []*shape

func firstPositive(points []point) *point {
	for _, p := range points { // want escaping-pointer "p is a copy of the element.*its address is returned"
		if p.x > 0 {
			return &p
		}
	}
	return nil
}

func rarely(x int) *point {
	p := point{x: x} // want escaping-pointer "p moves to the heap because its address is returned.*also on the paths"
	p.y = x * 2
	if p.y > 100 {
		return &p
	}
	println(p.x, p.y)
	return nil
}

func rarelyByKind(kind string, p point) *point { // want escaping-pointer "p moves to the heap because its address is returned"
	switch kind {
	case "same":
		return &p
	default:
		return nil
	}
}

func remember(p point) { // want escaping-pointer "p moves to the heap because its address is assigned to lastSeen"
	lastSeen = &p
}

func rememberIfPositive(p point) int { // want escaping-pointer "also on the paths that never take the address"
	if p.x > 0 {
		lastSeen = &p
	}
	return p.x
}

func keepInStruct(s *shape) {
	var p point // want escaping-pointer "p moves to the heap because its address is stored in s.origin"
	p.x = 1
	s.origin = &p
}

func register(s *shape) { registered = append(registered, s) }

func passedOn(name string) {
	s := shape{name: name} // want escaping-pointer "its address is passed to register, which keeps it"
	register(&s)
}

func literalInLoop(names []string) {
	for _, name := range names {
		register(&shape{name: name}) // want escaping-pointer "This &shape literal goes to the heap.*on every iteration of the loop"
	}
}

func literalOnce(name string) {
	register(&shape{name: name}) // want escaping-pointer "passed to register, which keeps it: one allocation on every call"
}

func storedLiteral(s *shape) {
	s.origin = &point{1, 2} // want escaping-pointer "stored in s.origin: one allocation on every call. Keep the value itself"
}

func newInPackageVariable() {
	lastSeen = new(point) // want escaping-pointer "This new value goes to the heap because it is assigned to lastSeen"
}

func builtInLoop(names []string) {
	for _, name := range names {
		registered = append(registered, &shape{name: name}) // want escaping-pointer "This &shape literal goes to the heap.*on every iteration of the loop. Keep the value itself"
	}
}

type expression struct{ data fmt.Stringer }

func (p *point) String() string { return "point" }

func keepInInterface(e *expression) {
	e.data = &point{1, 2} // want escaping-pointer "stored in e.data.*An interface would put the value there as well"
}

func listed() [][]int {
	return append([][]int(nil), []int{1, 2})
}

func filled(r io.Reader) byte {
	var buf [8]byte // want escaping-pointer "buf moves to the heap because its address is passed to r.Read.*Reuse a buffer"
	_, _ = r.Read(buf[:])
	return buf[0]
}

func waited(start func(*sync.WaitGroup)) {
	var wg sync.WaitGroup // want escaping-pointer "wg moves to the heap.*It must not be copied"
	start(&wg)
	wg.Wait()
}

type finder interface{ find(into any) error }

func found(store finder) ([]*point, error) {
	points := make([]*point, 0, 4) // want escaping-pointer "points moves to the heap because its address is passed to store.find"
	return points, store.find(&points)
}

func sentInLoop(count int, out chan<- *point) {
	for range count {
		out <- new(point) // want escaping-pointer "This new value goes to the heap because it is sent on out"
	}
}

func pointersToElements(points []point) {
	for i, p := range points { // want escaping-pointer "p is a copy of the element"
		if i > 0 {
			registered[i].origin = &p
		}
	}
}

func passedAsAny(p point) error { // want escaping-pointer "passed to fmt.Errorf, which keeps it"
	return fmt.Errorf("%v", &p)
}

func passedOutOfView(isOrigin func(*point) bool, p point) bool { // want escaping-pointer "passed to slices.ContainsFunc, whose code is not in view"
	return slices.ContainsFunc([]*point{&p}, isOrigin)
}

// The loop is left right there.
func firstShape(names []string) (int, bool) {
	for _, name := range names {
		if name != "" {
			return registerAs(&shape{name: name}), true // want escaping-pointer "This &shape literal.*one allocation on every call"
		}
	}
	return 0, false
}

func registerAs(s *shape) int {
	register(s)
	return len(registered)
}

// Both branches take the address.
func keepEither(x int, first bool) {
	p := point{x: x} // want escaping-pointer "one allocation on every call\\. Keep or pass the value"
	if first {
		lastSeen = &p
	} else {
		registered = append(registered, &shape{origin: &p}) // want escaping-pointer "&shape literal goes to the heap"
	}
}

func keepIfRead(read func() (point, error), s *shape) {
	p, err := read() // want escaping-pointer "one allocation on every call\\. Keep or pass the value"
	if err == nil {
		s.origin = &p
	}
}
