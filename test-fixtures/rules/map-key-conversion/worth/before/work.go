// Package worth looks a name that arrives as bytes up in an index behind a lock.
package worth

import "sync"

type index struct {
	mu    sync.Mutex
	terms map[string]int
}

var (
	name  = []byte("a name that is longer than the thirty-two bytes of a buffer")
	names = index{terms: map[string]int{string(name): 1}}
	found int
)

func Work() {
	found = names.lookup(name)
}

func (x *index) lookup(term []byte) int {
	key := string(term)
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.terms[key]
}
