// What bad.go and good.go share. No findings.

package poolwithoutreset

import (
	"bytes"
	"errors"
	"sync"
)

type encoder struct {
	out    []byte
	text   string
	seen   map[string]bool
	buffer bytes.Buffer
	uses   int
}

func newBuffer() any { return new(bytes.Buffer) }

func newEncoder() any { return &encoder{seen: map[string]bool{}} }

func newMap() any { return map[string]int{} }

func newBytes() any { return new([]byte) }

type server struct {
	buffers sync.Pool
}

var errEmpty = errors.New("empty")
