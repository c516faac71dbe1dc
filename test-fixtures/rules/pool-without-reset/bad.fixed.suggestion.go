//go:build fixed && suggestion

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
	buffer.Reset()
	buffers.Put(buffer)
	return text
}

var deferred = sync.Pool{New: newBuffer}

func writtenDeferred(w io.Writer, name string) error {
	buffer := deferred.Get().(*bytes.Buffer)
	defer deferred.Put(buffer)
	buffer.WriteString(name)
	_, err := w.Write(buffer.Bytes())
	return err
}

var hashes = sync.Pool{New: func() any { return fnv.New64a() }}

func sum(data []byte) uint64 {
	h := hashes.Get().(hash.Hash64)
	h.Write(data)
	result := h.Sum64()
	h.Reset()
	hashes.Put(h)
	return result
}

var slices = &sync.Pool{New: newBytes}

func appended(w io.Writer, n byte) {
	b := slices.Get().(*[]byte)
	*b = append(*b, n)
	w.Write(*b)
	*b = (*b)[:0]
	slices.Put(b)
}

var maps = sync.Pool{New: newMap}

func counted(words []string) int {
	counts := maps.Get().(map[string]int)
	for _, word := range words {
		counts[word]++
		counts[word+"s"] = 1
	}
	n := len(counts)
	clear(counts)
	maps.Put(counts)
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
	e.out = e.out[:0]
	encoders.Put(e)
}

var texts = sync.Pool{New: newEncoder}

func text(words []string) int {
	e := texts.Get().(*encoder)
	e.out = e.out[:0]
	for _, word := range words {
		e.text += word
	}
	n := len(e.text)
	e.text = ""
	texts.Put(e)
	return n
}

var inner = sync.Pool{New: newEncoder}

func innerBuffer(words []string) string {
	e := inner.Get().(*encoder)
	for _, word := range words {
		e.add(word)
	}
	text := e.buffer.String()
	e.buffer.Reset()
	inner.Put(e)
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
		buffer.Reset()
		s.buffers.Put(buffer)
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
	b.Reset()
	wrapped.Put(b)
}

func throughWrappers(name string) string {
	buffer := getBuffer()
	defer putBuffer(buffer)
	buffer.WriteString(name)
	return buffer.String()
}

func lostOnError(name string) (int, error) {
	buffer := lost.Get().(*bytes.Buffer)
	buffer.Reset()
	if name == "" {
		lost.Put(buffer)
		return 0, errEmpty
	}
	fmt.Fprintf(buffer, "Hello, %s", name)
	n := buffer.Len()
	lost.Put(buffer)
	return n, nil
}

var lost = sync.Pool{New: newBuffer}

func lostInSwitch(w io.Writer, kind int) error {
	buffer := lost.Get().(*bytes.Buffer)
	buffer.Reset()
	switch kind {
	case 1:
		buffer.WriteString("one")
	case 2:
		buffer.WriteString("two")
	default:
		lost.Put(buffer)
		return errEmpty
	}
	err := flush(w, buffer)
	if err != nil {
		lost.Put(buffer)
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
	*p = (*p)[:0]
	lines.Put(p)
	return text
}
