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

type badObject struct {
	Namespace, Name string
	Type            string
	size            int
}

// The same object twice: a key each time, kept or not.
func distinct(objects []badObject) (found []badObject) {
	seen := make(map[string]bool)
	for _, object := range objects {
		// want map-key-conversion "joins 2 strings to a key of seen: as seen keeps keys, the string is allocated"
		key := object.Namespace + "/" + object.Name
		if seen[key] {
			continue
		}
		seen[key] = true
		found = append(found, object)
	}
	return found
}

// Stored in one loop, asked for in another; a conditional's header, a closure, parentheses, delete, len and the values.
func matched(objects, others []badObject) (n int) {
	sizes := map[string]int{}
	for i := range objects {
		// want map-key-conversion "joins 3 strings"
		sizes[objects[i].Type+":"+objects[i].Namespace+":"+objects[i].Name] += objects[i].size
	}
	drop := func(o badObject) { delete(sizes, (o.Type + ":" + o.Namespace + ":" + o.Name)) }
	for _, other := range others {
		if key := other.Type + ":" + other.Namespace + ":" + other.Name; sizes[key] > 0 {
			drop(other)
		}
	}
	for _, size := range sizes {
		n += size
	}
	return n + len(sizes)
}

// Only asked for in the loop: short keys stay on the stack.
func counted(first badObject, others []badObject) (n int) {
	sizes := map[string]int{}
	sizes[first.Name+first.Namespace] = 1
	for _, other := range others {
		// want map-key-conversion "joins 2 strings to a key that sizes is only asked for: .* allocation beyond 32 bytes"
		n += sizes[other.Name+other.Namespace]
	}
	return n
}

// A comment in the key: no fix.
func remarked(objects []badObject) int {
	seen := map[string]struct{}{}
	for _, object := range objects {
		// want map-key-conversion "joins"
		seen[object.Namespace /* may be empty */ +object.Name] = struct{}{}
	}
	return len(seen)
}

func badFill(b []byte) int { return copy(b, "other") }

// What else is called may change the bytes: only suggested.
func _(terms map[string]badLarge, term []byte) (byte, int) {
	// want map-key-conversion "what is done before the lookup"
	key := string(term)
	n := len(term) + badFill(nil)
	return terms[key][0], n
}

// Out of range, the panic would now come with the lock held.
func (x *badIndex) _(term []byte, n int) int {
	// want map-key-conversion "key copies term"
	key := string(term[:n])
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.terms[key]
}

// So would that of a nil pointer.
func (x *badIndex) _(mu *sync.Mutex) int {
	// want map-key-conversion "key copies x.key"
	key := string(x.key)
	mu.Lock()
	defer mu.Unlock()
	return x.terms[key]
}

// The name string means something else at the lookup.
func _(terms map[string]int, term []byte, others []string) int {
	// want map-key-conversion "key copies term"
	key := string(term)
	log.Println("looking up")
	if string := others[0]; string != "" {
		return terms[key]
	}
	return 0
}

func _(terms map[string]int, term []byte, mu *sync.Mutex) int {
	// want map-key-conversion "key copies term"
	key := string(term)
	mu.Lock()
	if string := cap(term); string > 0 {
		return terms[key]
	}
	return 0
}
