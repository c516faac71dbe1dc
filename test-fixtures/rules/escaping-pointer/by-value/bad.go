//go:build !fixed

package byvalue

import (
	"errors"
	"strings"
)

type span struct{ start, end int }

func (s span) length() int { return s.end - s.start }

func (s *span) widen(by int) { s.start, s.end = s.start-by, s.end+by }

func (s *span) self() *span { return s }

var kept *span

func (s *span) keep() { kept = s }

func width(s *span) int { return s.end - s.start }

func remember(s *span) { kept = s }

// Fields, a deref, methods and a function that only looks.

//go:noinline
func find(text, word string) *span {
	at := strings.Index(text, word)
	return &span{at, at + len(word)} // want escaping-pointer "The &span literal goes to the heap because its address is returned: one allocation on every call, though no caller keeps the pointer"
}

func fields(text string) int {
	s := find(text, "a")
	s.start++
	return s.end - s.start
}

func dereferenced(text string) span {
	return *find(text, "b")
}

func copied(text string) (span, int) {
	s := find(text, "c")
	before := *s
	*s = span{}
	return before, (*s).end
}

func methods(text string) int {
	s := find(text, "d")
	s.widen(1)
	return s.length() + find(text, "e").length()
}

func passed(text string) int {
	var s = find(text, "f")
	return width(s)
}

func again(texts []string) (total int) {
	s := find("", "")
	for _, text := range texts {
		s = find(text, "g")
		total += s.end
	}
	find(texts[0], "h")
	_ = find(texts[0], "i")
	return total
}

// Nil beside an error, and results beside the pointer.

var errEmpty = errors.New("empty")

//go:noinline
func parse(text string) (*span, bool, error) {
	if text == "" {
		return nil, false, errEmpty
	}
	s := new(span) // want escaping-pointer "The new value goes to the heap"
	s.end = len(text)
	if text[0] == ' ' {
		return &span{1, len(text)}, true, nil
	}
	return s, false, nil
}

func parsed(text string) (int, error) {
	s, isCut, err := parse(text)
	if err != nil {
		return 0, err
	}
	if isCut {
		return s.start, nil
	}
	if _, _, err := parse(text[1:]); err != nil {
		return 1, err
	}
	return s.length(), nil
}

// A variable that is built and returned, by a function that calls itself.

//go:noinline
func build(depth int) *span {
	if depth == 0 {
		return build(1)
	}
	var s span // want escaping-pointer "s goes to the heap because its address is returned"
	s.widen(depth)
	s.end += width(&s)
	return &s
}

func built() int { return build(3).end }

// Left out where it fails alone: the value is the only way.

//go:noinline
func rarely(x int) (*span, error) {
	s := span{end: x} // want escaping-pointer "s goes to the heap because its address is returned.*though no caller keeps"
	s.start = x * 2
	if s.start > 100 {
		return &s, nil
	}
	return nil, errEmpty
}

func seldom(x int) int {
	s, _ := rarely(x)
	return s.end
}

// A method.

type scanner struct{ text string }

//go:noinline
func (c *scanner) next() *span {
	for i := range c.text {
		if c.text[i] == ' ' {
			return &span{0, i} // want escaping-pointer "The &span literal goes to the heap"
		}
	}
	return &span{0, len(c.text)}
}

func first(c *scanner) string {
	s := c.next()
	return c.text[s.start:s.end]
}
