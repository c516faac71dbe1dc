// No findings.

package poolwithoutreset

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"sync"
)

var resetAfterGet = sync.Pool{New: newBuffer}

func afterGet(name string) string {
	buffer := resetAfterGet.Get().(*bytes.Buffer)
	buffer.Reset()
	fmt.Fprintf(buffer, "Hello, %s", name)
	text := buffer.String()
	resetAfterGet.Put(buffer)
	return text
}

var resetBeforePut = sync.Pool{New: newBuffer}

func beforePut(name string) string {
	buffer := resetBeforePut.Get().(*bytes.Buffer)
	defer func() {
		buffer.Reset()
		resetBeforePut.Put(buffer)
	}()
	buffer.WriteString(name)
	return buffer.String()
}

var resetByHelper = sync.Pool{New: newBuffer}

func byHelper(name string) string {
	buffer := resetByHelper.Get().(*bytes.Buffer)
	buffer.WriteString(name)
	text := buffer.String()
	giveBack(buffer)
	return text
}

func giveBack(b *bytes.Buffer) {
	if b.Cap() > 1<<16 {
		return
	}
	b.Reset()
	resetByHelper.Put(b)
}

var prepared = sync.Pool{New: newEncoder}

func byOwnHelper(words []string) int {
	e := prepared.Get().(*encoder)
	e.prepare(words)
	e.out = append(e.out, words[0]...)
	n := len(e.out)
	prepared.Put(e)
	return n
}

func (e *encoder) prepare(words []string) {
	e.out = make([]byte, 0, len(words))
	e.text = words[0]
}

var cut = sync.Pool{New: newBytes}

func shortened(w io.Writer, n byte) {
	b := cut.Get().(*[]byte)
	*b = append((*b)[:0], n)
	w.Write(*b)
	cut.Put(b)
}

var scratch = sync.Pool{New: func() any { return make([]byte, 4096) }}

func overwritten(w io.Writer, r io.Reader) {
	b := scratch.Get().([]byte)
	n, _ := r.Read(b)
	w.Write(b[:n])
	scratch.Put(b)
}

var cleared = sync.Pool{New: newMap}

func clearedMap(words []string) int {
	counts := cleared.Get().(map[string]int)
	clear(counts)
	for _, word := range words {
		counts[word] = 1
	}
	n := len(counts)
	cleared.Put(counts)
	return n
}

var emptied = sync.Pool{New: newMap}

func emptiedMap(words []string) int {
	counts := emptied.Get().(map[string]int)
	for _, word := range words {
		counts[word] = 1
	}
	n := len(counts)
	for key := range counts {
		delete(counts, key)
	}
	emptied.Put(counts)
	return n
}

var assigned = sync.Pool{New: newEncoder}

func assignedWhole(words []string) int {
	e := assigned.Get().(*encoder)
	*e = encoder{}
	e.text += words[0]
	n := len(e.text)
	assigned.Put(e)
	return n
}

var assignedParts = sync.Pool{New: newEncoder}

func assignedFields(words []string) int {
	e := assignedParts.Get().(*encoder)
	e.out, e.text = e.out[:0], ""
	for _, word := range words {
		e.text += word
		e.out = append(e.out, word...)
	}
	e.uses++
	n := len(e.text)
	assignedParts.Put(e)
	return n
}

var unknownWriters = sync.Pool{New: newBuffer}

func drained(w io.Writer, name string) {
	buffer := unknownWriters.Get().(*bytes.Buffer)
	buffer.WriteString(name)
	buffer.WriteTo(w)
	unknownWriters.Put(buffer)
}

var filledOnce = sync.Pool{New: newBuffer}

func onlyPut(b *bytes.Buffer) {
	b.WriteString("x")
	filledOnce.Put(b)
}

// What Get gave is kept for as long as the server lives.
func onlyGet(s *server) {
	s.buffers.New = filledOnce.Get
}

var parameter = sync.Pool{New: newBuffer}

func poolOf(pool *sync.Pool, name string) {
	b := pool.Get().(*bytes.Buffer)
	b.WriteString(name)
	pool.Put(b)
}

// Exported functions have callers that nobody sees here.
func Take() *bytes.Buffer { return parameter.Get().(*bytes.Buffer) }

func Give(b *bytes.Buffer) { parameter.Put(b) }

var kept = sync.Pool{New: newBuffer}

func everyPath(name string) (int, error) {
	buffer := kept.Get().(*bytes.Buffer)
	buffer.Reset()
	if name == "" {
		kept.Put(buffer)
		return 0, errEmpty
	}
	buffer.WriteString(name)
	n := buffer.Len()
	kept.Put(buffer)
	return n, nil
}

func deferredPut(name string) (int, error) {
	buffer := kept.Get().(*bytes.Buffer)
	defer kept.Put(buffer)
	buffer.Reset()
	if name == "" {
		return 0, errEmpty
	}
	return buffer.WriteString(name)
}

func tooLarge(w io.Writer, name string) error {
	buffer := kept.Get().(*bytes.Buffer)
	buffer.Reset()
	buffer.WriteString(name)
	_, err := w.Write(buffer.Bytes())
	if buffer.Cap() > 1<<16 {
		return err
	}
	kept.Put(buffer)
	return err
}

type reader struct{ *bytes.Buffer }

func handedOver(name string) (*reader, error) {
	buffer := kept.Get().(*bytes.Buffer)
	buffer.Reset()
	if name == "" {
		kept.Put(buffer)
		return nil, errEmpty
	}
	return &reader{buffer}, nil
}

func putElsewhere(v any) error {
	buffer := kept.Get().(*bytes.Buffer)
	buffer.Reset()
	if err := json.NewEncoder(buffer).Encode(v); err != nil {
		release(buffer)
		return err
	}
	kept.Put(buffer)
	return nil
}

func release(b *bytes.Buffer) { kept.Put(b) }

func panics(name string) {
	buffer := kept.Get().(*bytes.Buffer)
	buffer.Reset()
	if name == "" {
		panic("empty")
	}
	kept.Put(buffer)
}

type freeList struct{ entries []*encoder }

var lists = sync.Pool{New: func() any { return new(freeList) }}

func (l *freeList) take() *encoder {
	n := len(l.entries)
	if n == 0 {
		return new(encoder)
	}
	e := l.entries[n-1]
	l.entries = l.entries[:n-1]
	return e
}

func takeEncoder() *encoder {
	l := lists.Get().(*freeList)
	e := l.take()
	lists.Put(l)
	return e
}

func freeEncoder(e *encoder) {
	l := lists.Get().(*freeList)
	l.entries = append(l.entries, e)
	lists.Put(l)
}

var interned = sync.Pool{New: func() any { return map[string]string{} }}

func intern(b []byte) string {
	m := interned.Get().(map[string]string)
	c, ok := m[string(b)]
	if !ok {
		c = string(b)
		m[c] = c
	}
	interned.Put(m)
	return c
}

var joints = sync.Pool{New: newBytes}

// What is appended lies behind the length that the pooled slice keeps.
func joined(a, b string) string {
	p := joints.Get().(*[]byte)
	defer joints.Put(p)
	text := append(*p, a...)
	text = append(append(text, '/'), b...)
	return string(text)
}

func quotedIn(a string) string {
	p := joints.Get().(*[]byte)
	defer joints.Put(p)
	return string(strconv.AppendQuote(*p, a))
}

var small = sync.Pool{New: newEncoder}

// Only what is small goes back.
func encodedText(appendTo func([]byte) []byte) []byte {
	e := small.Get().(*encoder)
	out := appendTo(e.out[:0])
	result := make([]byte, len(out))
	copy(result, out)
	if cap(out) <= 1<<16 {
		e.out = out
		small.Put(e)
	}
	return result
}
