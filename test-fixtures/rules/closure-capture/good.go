// No findings here.

package closures

import "sync"

// The variable is assigned once.
func goodOnce(names []string) {
	prefix := "a"
	for _, name := range names {
		go func() {
			run(prefix, name)
		}()
	}
}

// What is assigned before the literal, in no loop, is copied all the same.
func goodBefore(prefix string) func() {
	if prefix == "" {
		prefix = "a"
	}
	return func() { run(prefix, "") }
}

func goodArgument(first, second func() error) error {
	err := first()
	go func(err error) {
		println(err.Error())
	}(err)
	err = second()
	return err
}

// The literal ends with the call.
func goodStays(names []string) (count int) {
	add := func(n int) { count += n }
	for _, name := range names {
		add(len(name))
	}
	return count
}

func each(names []string, f func(string)) {
	for _, name := range names {
		f(name)
	}
}

func goodPassed(names []string) (count int) {
	each(names, func(name string) { count += len(name) })
	return count
}

func goodDeferred(f func() error) (err error) {
	defer func() {
		if err != nil {
			println(err.Error())
		}
	}()
	err = f()
	return err
}

// Locks are made to be shared.
func goodLock(names []string) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	wg.Add(len(names))
	for _, name := range names {
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			run(name, "")
		}()
	}
	wg.Wait()
}

// A slice is small, whatever it refers to.
func goodSlice(names []string) func() string {
	return func() string { return names[0] }
}

func goodOwnError(work []func() error) {
	for _, one := range work {
		go func() {
			err := one()
			if err != nil {
				println(err.Error())
			}
		}()
	}
}

// Each iteration has its own name.
func goodTurn(trees []visitor, names []string, seen map[string]int) {
	for i, tree := range trees {
		tree.visit(func(name string) {
			seen[names[i]+name]++
		})
	}
}

// Without captures a literal costs nothing.
func goodNothing(trees []visitor) {
	for _, tree := range trees {
		tree.visit(func(name string) { println(name) })
	}
}

func goodRecursive(sink chan<- func(int)) {
	var down func(int)
	down = func(n int) {
		if n > 0 {
			down(n - 1)
		}
	}
	sink <- down
}

func goodMutual(sink chan<- func(int)) {
	var odd func(int)
	even := func(n int) {
		if n > 0 {
			odd(n - 1)
		}
	}
	odd = func(n int) {
		if n > 0 {
			even(n - 1)
		}
	}
	sink <- odd
}

// Once per call, filling in a result is what a callback is for.
func goodTotal(one source) int {
	total := 0
	one.each(func(n int) { total += n })
	return total
}

type connection struct{ closed func() }

// The connection cannot be there before the function that it is given.
func goodListener(dial func(func()) *connection) *connection {
	var c *connection
	c = dial(func() { println(c) })
	return c
}

// A deferred function looks at what has become of the variable.
func goodDeferredInLoop(open []func() func() error) {
	for _, one := range open {
		done := false
		finish := one()
		defer func() {
			if !done {
				finish()
			}
		}()
		done = finish() == nil
	}
}

// What asks is built anew on each iteration, with all that it holds.
func goodKept(names []string, found map[string]int, keep func(func() int)) {
	for _, name := range names {
		count := func(key string) int { return found[key] }
		keep(func() int { return count(name) })
	}
}

type settings struct {
	host, path, user, zone string
	rest                   [20]string
}

// Copies of all that the literal uses would be no less.
func goodFields(s settings) func() string {
	return func() string { return s.host + s.path + s.user + s.zone }
}
