package escapingpointer

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync/atomic"
	"unsafe"
)

// No findings in this file.

func firstPositiveInPlace(points []point) *point {
	for i, p := range points {
		if p.x > 0 {
			return &points[i]
		}
	}
	return nil
}

func rarelyCopied(x int) *point {
	p := point{x: x}
	p.y = x * 2
	if p.y > 100 {
		copied := p
		return &copied
	}
	println(p.x, p.y)
	return nil
}

func newPoint(x int) *point {
	return &point{x: x}
}

func buildPoint(x int) *point {
	p := point{x: x}
	p.y = 2
	return &p
}

func newRegistered(name string) *shape {
	s := &shape{name: name}
	s.origin = &point{}
	register(s)
	return s
}

func newWith(options ...func(*point)) *point {
	var p point
	for _, option := range options {
		option(&p)
	}
	return &p
}

func named() (p *point, err error) {
	p = &point{}
	return
}

func family(names []string) (shapes []*shape) {
	list := []*shape{}
	for _, name := range names {
		list = append(list, &shape{name: name, origin: new(point)})
	}
	registered = append(registered, list...)
	return list
}

func pointerTo(p point) *point { return &p }

func staysHere(x int) int {
	p := point{x: x}
	q := &p
	return q.x
}

func read(p *point) int { return p.x }

func passedToReader(x int) int {
	p := point{x: x}
	return read(&p)
}

type parseError struct{ line int }

func (e *parseError) Error() string { return fmt.Sprint(e.line) }

func check(lines []string) (errs []error) {
	for i, line := range lines {
		if line == "" {
			errs = append(errs, &parseError{line: i})
		}
	}
	return errs
}

func findByName(shapes []*shape, name string) *shape {
	for _, s := range shapes {
		if s.name == name {
			return s
		}
	}
	return nil
}

func findOrMake(shapes []*shape, name string) *shape {
	for _, s := range shapes {
		if s.name == name {
			return &shape{name: name}
		}
	}
	return nil
}

func sharedByClosure(run func(func())) {
	count := 0
	run(func() { count++ })
	println(count)
}

func init() {
	var p point
	lastSeen = &p
}

func collect(names []string) (shapes []shape) {
	for _, name := range names {
		shapes = append(shapes, shape{name: name})
	}
	return shapes
}

var first = &shape{name: "first"}

type cursor []byte

func (c *cursor) skip() { *c = (*c)[1:] }

func walksOwnArray() byte {
	var buf [8]byte
	c := cursor(buf[:])
	c.skip()
	return c[0]
}

func pathsOf(failures []error) (paths []string) {
	for _, err := range failures {
		var failed *fs.PathError
		if errors.As(err, &failed) {
			paths = append(paths, failed.Path)
		}
	}
	return paths
}

// The variable is one for each clause, so that only the clause that returns its address pays.
func byClause(value any) any {
	switch v := value.(type) {
	case point:
		return &v
	default:
		return nil
	}
}

// Made to be returned wherever it does not fail.
func parsePoint(x, y int) (*point, error) {
	p := point{x: x}
	p.y = y * 2
	if p.y < 0 {
		return nil, errors.New("negative")
	}
	switch {
	case p.y == p.x:
		return &p, nil
	default:
		return nil, errBroken
	}
}

var errBroken = errors.New("broken")

type reporter interface {
	failf(p *point, format string)
	Error(fields map[string]*point)
}

// What tells of an error is seldom made.
func tell(r reporter, x int) {
	if x < 0 {
		r.failf(&point{x: x}, "negative")
		r.Error(map[string]*point{"at": {x: x}})
	}
}

func isAmong(points []*point, p point) bool {
	return slices.Contains(points, &p)
}

// What goroutines share is on the heap by what it is for.
func publish(current *atomic.Pointer[point], xs []int) {
	for _, x := range xs {
		next := point{x: x}
		next.y = x * 2
		current.Store(&next)
		current.CompareAndSwap(nil, &point{x: x})
	}
}

func publishUntyped(current *unsafe.Pointer, x int) {
	next := point{x: x}
	next.y = x * 2
	atomic.StorePointer(current, unsafe.Pointer(&next))
}
