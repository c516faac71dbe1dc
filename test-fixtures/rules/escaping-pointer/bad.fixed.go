//go:build fixed

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
	for _, p := range points {
		if p.x > 0 {
			pCopy := p
			return &pCopy
		}
	}
	return nil
}

func rarely(x int) *point {
	p := point{x: x}
	p.y = x * 2
	if p.y > 100 {
		pCopy := p
		return &pCopy
	}
	println(p.x, p.y)
	return nil
}

func rarelyByKind(kind string, p point) *point {
	switch kind {
	case "same":
		pCopy := p
		return &pCopy
	default:
		return nil
	}
}

func remember(p point) {
	lastSeen = &p
}

func rememberIfPositive(p point) int {
	if p.x > 0 {
		lastSeen = &p
	}
	return p.x
}

func keepInStruct(s *shape) {
	var p point
	p.x = 1
	s.origin = &p
}

func register(s *shape) { registered = append(registered, s) }

func passedOn(name string) {
	s := shape{name: name}
	register(&s)
}

func literalInLoop(names []string) {
	for _, name := range names {
		register(&shape{name: name})
	}
}

func literalOnce(name string) {
	register(&shape{name: name})
}

func storedLiteral(s *shape) {
	s.origin = &point{1, 2}
}

func newInPackageVariable() {
	lastSeen = new(point)
}

func builtInLoop(names []string) {
	for _, name := range names {
		registered = append(registered, &shape{name: name})
	}
}

type expression struct{ data fmt.Stringer }

func (p *point) String() string { return "point" }

func keepInInterface(e *expression) {
	e.data = &point{1, 2}
}

func listed() [][]int {
	return append([][]int(nil), []int{1, 2})
}

func filled(r io.Reader) byte {
	var buf [8]byte
	_, _ = r.Read(buf[:])
	return buf[0]
}

func waited(start func(*sync.WaitGroup)) {
	var wg sync.WaitGroup
	start(&wg)
	wg.Wait()
}

type finder interface{ find(into any) error }

func found(store finder) ([]*point, error) {
	points := make([]*point, 0, 4)
	return points, store.find(&points)
}

func sentInLoop(count int, out chan<- *point) {
	for range count {
		out <- new(point)
	}
}

func pointersToElements(points []point) {
	for i, p := range points {
		if i > 0 {
			registered[i].origin = &p
		}
	}
}

func passedAsAny(p point) error {
	return fmt.Errorf("%v", &p)
}

func passedOutOfView(isOrigin func(*point) bool, p point) bool {
	return slices.ContainsFunc([]*point{&p}, isOrigin)
}

// The loop is left right there.
func firstShape(names []string) (int, bool) {
	for _, name := range names {
		if name != "" {
			return registerAs(&shape{name: name}), true
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
	p := point{x: x}
	if first {
		lastSeen = &p
	} else {
		registered = append(registered, &shape{origin: &p})
	}
}

func keepIfRead(read func() (point, error), s *shape) {
	p, err := read()
	if err == nil {
		s.origin = &p
	}
}
