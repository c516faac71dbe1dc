// No findings.

package poolbyvalue

import (
	"net/http/httputil"
	"sync"
)

func pointers(h *holder, words *[]string, s *scanner) {
	h.free.Put(words)
	h.free.Put(s)
	h.free.Put(&scanner{})
	h.free.Put(handle{s})
}

func fitting(h *holder, m map[string]int, c chan int, f func()) {
	h.free.Put(m)
	h.free.Put(c)
	h.free.Put(f)
	h.free.Put(struct{}{})
	h.free.Put(nil)
	h.free.Put("a constant")
}

func interfaces(h *holder, v any, e error) {
	h.free.Put(v)
	h.free.Put(e)
	h.free.Put(any(v))
}

func generic[T any](h *holder, v T) {
	h.free.Put(v)
}

type ownPool struct{ last any }

func (p *ownPool) Put(v any) { p.last = v }

func otherPut(p *ownPool, words []string) {
	p.Put(words)
}

func shadowed(words []string) {
	type Pool = ownPool
	sync := struct{ pool Pool }{}
	sync.pool.Put(words)
}

func unused(p *sync.Pool) func(any) { return p.Put }

type proxyBuffers struct{ pool sync.Pool }

var _ httputil.BufferPool = (*proxyBuffers)(nil)

func (p *proxyBuffers) Get() []byte { return p.pool.Get().([]byte) }

func (p *proxyBuffers) Put(b []byte) { p.pool.Put(b) }

// A byte in an interface is in a box that the runtime has.
func single(p *sync.Pool, b byte, isSet bool) {
	p.Put(b)
	p.Put(isSet)
}
