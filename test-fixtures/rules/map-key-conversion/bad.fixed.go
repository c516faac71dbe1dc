//go:build fixed && !suggestion

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
	x.mu.RLock()
	defer x.mu.RUnlock()
	n, ok := x.terms[string(term)]
	return n, ok
}

func (x *badIndex) _() int {
	for range 10 {
		x.mu.Lock()
		if n := x.terms[string(x.key)]; n > 0 {
			return n
		}
		x.mu.Unlock()
	}
	return 0
}

func _(large map[string]badLarge, term []byte, n int) byte {
	return large[string(term[n+1:])][0]
}

func _(terms map[string]int, term []byte) int {
	var key = string(term)
	log.Println("looking up")
	return terms[key]
}
