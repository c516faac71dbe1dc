//go:build !fixed

package poolwithoutreset

import (
	"bytes"
	"fmt"
	"hash"
	"hash/fnv"
	"io"
	"sync"
)

var buffers = sync.Pool{New: newBuffer}

func written(name string) string {
	buffer := buffers.Get().(*bytes.Buffer)
	fmt.Fprintf(buffer, "Hello, %s", name)
	text := buffer.String()
	buffers.Put(buffer) // want pool-without-reset "buffer goes back into the pool with what was added to it, and whoever gets it adds to that"
	return text
}

var deferred = sync.Pool{New: newBuffer}

func writtenDeferred(w io.Writer, name string) error {
	buffer := deferred.Get().(*bytes.Buffer)
	defer deferred.Put(buffer) // want pool-without-reset "buffer goes back"
	buffer.WriteString(name)
	_, err := w.Write(buffer.Bytes())
	return err
}

var hashes = sync.Pool{New: func() any { return fnv.New64a() }}

func sum(data []byte) uint64 {
	h := hashes.Get().(hash.Hash64)
	h.Write(data)
	result := h.Sum64()
	hashes.Put(h) // want pool-without-reset "h goes back"
	return result
}

var slices = &sync.Pool{New: newBytes}

func appended(w io.Writer, n byte) {
	b := slices.Get().(*[]byte)
	*b = append(*b, n)
	w.Write(*b)
	slices.Put(b) // want pool-without-reset "b goes back"
}

var maps = sync.Pool{New: newMap}

func counted(words []string) int {
	counts := maps.Get().(map[string]int)
	for _, word := range words {
		counts[word]++
		counts[word+"s"] = 1
	}
	n := len(counts)
	maps.Put(counts) // want pool-without-reset "counts goes back"
	return n
}

var encoders = sync.Pool{New: newEncoder}

func fields(w io.Writer, words []string) {
	e := encoders.Get().(*encoder)
	for _, word := range words {
		e.out = append(e.out, word...)
	}
	w.Write(e.out)
	e.uses++
	encoders.Put(e) // want pool-without-reset "what was added to its field out"
}

var texts = sync.Pool{New: newEncoder}

func text(words []string) int {
	e := texts.Get().(*encoder)
	e.out = e.out[:0]
	for _, word := range words {
		e.text += word
	}
	n := len(e.text)
	texts.Put(e) // want pool-without-reset "its field text"
	return n
}

var inner = sync.Pool{New: newEncoder}

func innerBuffer(words []string) string {
	e := inner.Get().(*encoder)
	for _, word := range words {
		e.add(word)
	}
	text := e.buffer.String()
	inner.Put(e) // want pool-without-reset "its field buffer"
	return text
}

func (e *encoder) add(word string) {
	e.buffer.WriteString(word)
}

// One of two ways back resets.
func (s *server) some(w io.Writer, name string) error {
	buffer := s.buffers.Get().(*bytes.Buffer)
	buffer.WriteString(name)
	if _, err := w.Write(buffer.Bytes()); err != nil {
		s.buffers.Put(buffer) // want pool-without-reset "buffer goes back"
		return err
	}
	buffer.Reset()
	s.buffers.Put(buffer)
	return nil
}

var wrapped = sync.Pool{New: newBuffer}

func getBuffer() *bytes.Buffer {
	b := wrapped.Get().(*bytes.Buffer)
	return b
}

func putBuffer(b *bytes.Buffer) {
	wrapped.Put(b) // want pool-without-reset "b goes back"
}

func throughWrappers(name string) string {
	buffer := getBuffer()
	defer putBuffer(buffer)
	buffer.WriteString(name)
	return buffer.String()
}

func lostOnError(name string) (int, error) {
	buffer := lost.Get().(*bytes.Buffer) // want pool-without-reset "buffer is put back into lost on other paths, but not on every one"
	buffer.Reset()
	if name == "" {
		return 0, errEmpty
	}
	fmt.Fprintf(buffer, "Hello, %s", name)
	n := buffer.Len()
	lost.Put(buffer)
	return n, nil
}

var lost = sync.Pool{New: newBuffer}

func lostInSwitch(w io.Writer, kind int) error {
	// want pool-without-reset "buffer is put back into lost"
	buffer := lost.Get().(*bytes.Buffer)
	buffer.Reset()
	switch kind {
	case 1:
		buffer.WriteString("one")
	case 2:
		buffer.WriteString("two")
	default:
		return errEmpty
	}
	err := flush(w, buffer)
	if err != nil {
		return err
	}
	lost.Put(buffer)
	return nil
}

func flush(w io.Writer, b *bytes.Buffer) error {
	_, err := w.Write(b.Bytes())
	return err
}

var lines = sync.Pool{New: newBytes}

func addedTo(a string) string {
	p := lines.Get().(*[]byte)
	*p = append(append(*p, a...), '\n')
	text := string(*p)
	lines.Put(p) // want pool-without-reset "p goes back into the pool with what was added to it"
	return text
}
