// Package inlined holds functions that are marked with what inlining them costs.
package inlined

import (
	"errors"
	"math/bits"
	"strconv"
	"sync"
	"unsafe"
)

type point struct{ x, y int }

type shape interface{ area() float64 }

type square struct {
	mu   sync.Mutex
	side float64
}

type number int64

func (n number) text() string { return strconv.FormatInt(int64(n), 10) } // cost 67

func (s *square) area() float64 { return s.side * s.side } // cost 6

func (s *square) locked() float64 { // cost 73
	s.mu.Lock()
	return s.side
}

func made() *point { return &point{1, 2} } // cost 7

func table() map[string]int { return make(map[string]int) } // cost 3

func sum(values ...int) (total int) { // cost 10
	for _, value := range values {
		total += value
	}
	return
}

func calls(values []int) int { return sum(values...) + sum() + sum(1, 2) } // cost 45

func parsed(text string) (number, error) { // cost 70
	value, err := strconv.Atoi(text)
	return number(value), err
}

func passedOn(text string) (any, error) { return strconv.ParseBool(text) } // cost 71

func joined(a, b string) string { return a + "/" + b + "/" + a } // cost 7

func boxed(value int) any { return value } // cost 3

func compared(value any) bool { return value == 1 } // cost 5

func failing(bad bool) error { // cost 14
	if bad {
		return errors.New("bad")
	}
	return nil
}

func kind(value any) int { // cost 15
	switch value := value.(type) {
	case int:
		return value
	case string:
		return len(value)
	}
	return 0
}

func received(c chan int) int { // cost 14
	select {
	case value := <-c:
		return value
	default:
		return 0
	}
}

func loop(n int) int { // cost 22
	count := 0
	for i := 0; i < n; i++ {
		count += i
	}
	return count
}

func called(f func(int) int) int { return f(1) } // cost 21

func through(s shape) float64 { return s.area() } // cost 61

func panics(value int) { // cost 7
	if value < 0 {
		panic("negative")
	}
}

func never() int { // cost 2
	const debug = false
	if !debug {
		return 1
	}
	return sum(1, 2, 3) + sum(4, 5, 6) + sum(7, 8, 9) + sum(10, 11, 12)
}

func zeros(x uint64) int { return bits.TrailingZeros64(x) } // cost 4

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) } // cost 6

func first[T any](values []T) T { return values[0] }

func firstNumber(values []int) int { return first(values) } // cost 10

func literal(n int) int { return func() int { return n }() } // cost 20

type early struct {
	square
	seen bool
}

type late struct {
	seen bool
	square
}

func (e *early) embedded() float64 { return e.area() } // cost 9

func (l *late) embedded() float64 { return l.area() } // cost 11

func whole(s []int) []int { return s[0:len(s)] } // cost 3

func fromOne(s []int) []int { return s[1:len(s)] } // cost 4

func upTo(s, t []int) []int { return s[:len(t)] } // cost 5

func deferred(mu *sync.Mutex) { // cost none
	defer mu.Unlock()
}

func recovers() any { return recover() } // cost none

var _ = []any{
	number.text, (*square).area, (*square).locked, made, table, calls, parsed, passedOn, joined, boxed, compared, failing, kind,
	received, loop, called, through, panics, never, zeros, bytesOf, firstNumber, literal, deferred, recovers,
	(*early).embedded, (*late).embedded, whole, fromOne, upTo,
}
