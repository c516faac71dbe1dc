//go:build fixed && suggestion

package poolbyvalue

import (
	. "sync"
	pools "sync"
)

var buffers = pools.Pool{New: func() any {
	value := make([]byte, 0, 512)
	return &value
}}

func whole() {
	bufferPointer := buffers.Get().(*[]byte)
	buffer := *bufferPointer
	fill(buffer)
	buffers.Put(bufferPointer)
}

var cut = Pool{
	New: func() any {
		// Enough for most.
		value := make([]byte, 0, 512)
		return &value
	},
}

func shortened() {
	bufferPointer := cut.Get().(*[]byte)
	buffer := *bufferPointer
	buffer = fill(buffer)
	defer func() {
		*bufferPointer = buffer[:0]
		cut.Put(bufferPointer)
	}()
}

var scanners = &pools.Pool{New: func() any { return &scanner{} }}

func structs() int {
	sPointer := scanners.Get().(*scanner)
	s := *sPointer
	*sPointer = s
	defer scanners.Put(sPointer)
	s.line++
	return s.line
}

func local() {
	pool := pools.Pool{New: func() interface{} { return "" }}
	text := pool.Get().(string)
	pool.Put(text + "x")
}

func field(h *holder, words []string) {
	h.free.Put(words)
}

func promoted(e *embedding, n [4]int) {
	e.Put(n)
}

func converted(h *holder, words []string) {
	h.free.Put(any(words))
}

func returned(e *embedding) {
	e.Put(fill(nil))
}

func repeated(h *holder, words [][]string) {
	for _, each := range words {
		h.free.Put(each)
	}
}

type list[T any] struct{ pool pools.Pool }

func (l *list[T]) free(items []T) {
	l.pool.Put(items)
}

type words struct{ pool pools.Pool }

func (w *words) Put(b []string) {
	w.pool.Put(b)
}
