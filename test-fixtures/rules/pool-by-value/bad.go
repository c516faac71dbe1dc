//go:build !fixed

package poolbyvalue

import (
	. "sync"
	pools "sync"
)

var buffers = pools.Pool{New: func() any { return make([]byte, 0, 512) }}

func whole() {
	buffer := buffers.Get().([]byte)
	fill(buffer)
	buffers.Put(buffer) // want pool-by-value "buffer \(\[\]byte\) is put into the pool by value: each Put allocates 24 bytes"
}

var cut = Pool{
	New: func() any {
		// Enough for most.
		return make([]byte, 0, 512)
	},
}

func shortened() {
	buffer := cut.Get().([]byte)
	buffer = fill(buffer)
	defer func() {
		cut.Put(buffer[:0]) // want pool-by-value "buffer\[:0\] \(\[\]byte\)"
	}()
}

var scanners = &pools.Pool{New: func() any { return scanner{} }}

func structs() int {
	s := scanners.Get().(scanner)
	defer scanners.Put(s) // want pool-by-value "s \(scanner\).*allocates 32 bytes.*put the \*scanner"
	s.line++
	return s.line
}

func local() {
	pool := pools.Pool{New: func() interface{} { return "" }}
	text := pool.Get().(string)
	pool.Put(text + "x") // want pool-by-value "16 bytes"
}

func field(h *holder, words []string) {
	h.free.Put(words) // want pool-by-value "24 bytes"
}

func promoted(e *embedding, n [4]int) {
	e.Put(n) // want pool-by-value "32 bytes"
}

func converted(h *holder, words []string) {
	h.free.Put(any(words)) // want pool-by-value "words \(\[\]string\)"
}

func returned(e *embedding) {
	e.Put(fill(nil)) // want pool-by-value "fill\(nil\) \(\[\]byte\)"
}

func repeated(h *holder, words [][]string) {
	for _, each := range words {
		// want pool-by-value "each"
		h.free.Put(each)
	}
}

type list[T any] struct{ pool pools.Pool }

func (l *list[T]) free(items []T) {
	l.pool.Put(items) // want pool-by-value "items"
}

type words struct{ pool pools.Pool }

func (w *words) Put(b []string) {
	w.pool.Put(b) // want pool-by-value "b"
}
