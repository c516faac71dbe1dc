//go:build fixed

package closures

import (
	"errors"
	"sync"
)

func run(string, string) {}

// Assigned before the loop, but the literals are made in it.
func startAll(names []string) {
	prefix := "a"
	if len(names) > 1 {
		prefix = "b"
	}
	for _, name := range names {
		prefix := prefix
		go func() {
			run(prefix, name)
		}()
	}
}

// Nothing else is captured, so that an argument costs no more than a copy.
func startSame(names []string) {
	prefix := "a"
	if len(names) > 1 {
		prefix = "b"
	}
	for range names {
		go func(prefix string) {
			run(prefix, "")
		}(prefix)
	}
}

// Two copies in one block need two names.
func startBoth(names []string, done chan string) {
	prefix := "a"
	if len(names) > 1 {
		prefix = "b"
	}
	for range names {
		prefixCopy := prefix
		go func() {
			done <- prefixCopy
		}()
		prefixCopy2 := prefix
		go func() {
			done <- "2" + prefixCopy2
		}()
		done <- prefix
	}
}

// Assigned again after the literal is made.
func loggedError(first, second func() error) error {
	err := first()
	go func() {
		println(err.Error())
	}()
	err = second()
	return err
}

func returned(limit int) func(int) bool {
	if limit < 0 {
		limit = 10
	}
	small := func(n int) bool { return n < limit }
	if limit > 100 {
		limit = 100
	}
	return small
}

// The branch returns, so nobody assigns after the literal is made.
func eitherWay(plain bool, names []string) func() string {
	if plain {
		names := names
		return func() string { return names[0] }
	}
	names = append([]string{"a"}, names...)
	namesCopy := names
	return func() string { return namesCopy[1] }
}

// Another goroutine, another iteration, one variable.
func eachTurn(next func() string) {
	var name string
	for range 3 {
		name = next()
		go func() {
			run(name, "")
		}()
	}
}

type request struct {
	name   string
	header [20]string
}

// More than 128 bytes are not copied.
func largeStruct(r request) func() string {
	return func() string {
		return r.name
	}
}

// The literal assigns before it reads: it wants a variable of its own.
func scratchError(work []func() error) error {
	err := errors.New("none")
	if len(work) == 0 {
		return err
	}
	for _, one := range work {
		go func() {
			err = one()
			if err != nil {
				println(err.Error())
			}
		}()
	}
	return nil
}

func counter() func() int {
	n := 0
	return func() int {
		n++
		return n
	}
}

// The goroutine looks at what has become of the variable by the time that it holds the lock.
func giveUp(mu *sync.Mutex, run func() int, answers chan<- int, limit <-chan struct{}) {
	hasEnded := false
	go func() {
		answer := run()
		mu.Lock()
		defer mu.Unlock()
		if !hasEnded {
			answers <- answer
		}
	}()
	<-limit
	mu.Lock()
	hasEnded = true
	mu.Unlock()
}

// What a pointer changes the closure sees as well.
func pointed(ready chan<- func() int) {
	limit := 0
	current := &limit
	ready <- func() int { return limit }
	*current = 10
}

func totals() (add func(int), mean func() int) {
	var sum, count int
	add = func(n int) {
		sum += n
		count++
	}
	mean = func() int { return sum / count }
	return add, mean
}

type source interface{ each(func(int)) }

func eachTotal(sources []source) (totals []int) {
	for _, one := range sources {
		total := 0
		one.each(func(n int) { total += n })
		totals = append(totals, total)
	}
	return totals
}

func fill(text *string) { *text = "a" }

func parsed() func() string {
	var text string
	fill(&text)
	return func() string { return text }
}

type visitor interface{ visit(func(string)) }

// Nothing in the literal belongs to the iteration.
func countAll(trees []visitor, seen map[string]int) {
	for _, tree := range trees {
		tree.visit(func(name string) {
			seen[name]++
		})
	}
}
