//go:build fixed && suggestion

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
	log.Println("looking up")
	return terms[string(term)]
}

type badObject struct {
	Namespace, Name string
	Type            string
	size            int
}

// The same object twice: a key each time, kept or not.
func distinct(objects []badObject) (found []badObject) {
	type seenKey struct{ namespace, name string }
	seen := make(map[seenKey]bool)
	for _, object := range objects {
		key := seenKey{object.Namespace, object.Name}
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
	type sizesKey struct{ part1, namespace, name string }
	sizes := map[sizesKey]int{}
	for i := range objects {
		sizes[sizesKey{objects[i].Type, objects[i].Namespace, objects[i].Name}] += objects[i].size
	}
	drop := func(o badObject) { delete(sizes, (sizesKey{o.Type, o.Namespace, o.Name})) }
	for _, other := range others {
		if key := (sizesKey{other.Type, other.Namespace, other.Name}); sizes[key] > 0 {
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
	type sizesKey struct{ name, namespace string }
	sizes := map[sizesKey]int{}
	sizes[sizesKey{first.Name, first.Namespace}] = 1
	for _, other := range others {
		n += sizes[sizesKey{other.Name, other.Namespace}]
	}
	return n
}

// A comment in the key: no fix.
func remarked(objects []badObject) int {
	seen := map[string]struct{}{}
	for _, object := range objects {
		seen[object.Namespace /* may be empty */ +object.Name] = struct{}{}
	}
	return len(seen)
}

func badFill(b []byte) int { return copy(b, "other") }

// What else is called may change the bytes: only suggested.
func _(terms map[string]badLarge, term []byte) (byte, int) {
	n := len(term) + badFill(nil)
	return terms[string(term)][0], n
}

// Out of range, the panic would now come with the lock held.
func (x *badIndex) _(term []byte, n int) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.terms[string(term[:n])]
}

// So would that of a nil pointer.
func (x *badIndex) _(mu *sync.Mutex) int {
	mu.Lock()
	defer mu.Unlock()
	return x.terms[string(x.key)]
}

// The name string means something else at the lookup.
func _(terms map[string]int, term []byte, others []string) int {
	key := string(term)
	log.Println("looking up")
	if string := others[0]; string != "" {
		return terms[key]
	}
	return 0
}

func _(terms map[string]int, term []byte, mu *sync.Mutex) int {
	key := string(term)
	mu.Lock()
	if string := cap(term); string > 0 {
		return terms[key]
	}
	return 0
}
