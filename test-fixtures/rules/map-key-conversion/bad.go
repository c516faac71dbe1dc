//go:build !fixed

package mapkeyconversion

import (
	"log"
	"sync"
)

type badIndex struct {
	mu    sync.RWMutex
	terms map[string]int
	key   []byte
}

type badLarge [200]byte

func (x *badIndex) _(term []byte) (int, bool) {
	// want map-key-conversion "key copies term only to be looked up, and what is done before the lookup.*x.terms.string.term.. reads"
	key := string(term)
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, ok := x.terms[key]
	return n, ok
}

func (x *badIndex) _() int {
	for range 10 {
		// want map-key-conversion "key copies x.key"
		key := string(x.key)
		x.mu.Lock()
		if n := x.terms[key]; n > 0 {
			return n
		}
		x.mu.Unlock()
	}
	return 0
}

func _(large map[string]badLarge, term []byte, n int) byte {
	// want map-key-conversion "the size of the values keeps the compiler"
	key := string(term[n+1:])
	return large[key][0]
}

func _(terms map[string]int, term []byte) int {
	// want map-key-conversion "what is done before the lookup"
	var key = string(term)
	log.Println("looking up")
	return terms[key]
}
