// Package worth takes a buffer from a pool and puts it back.
package worth

import "sync"

var buffers = sync.Pool{New: func() any { return make([]byte, 0, 4096) }}

func Work() {
	buffer := buffers.Get().([]byte)
	buffer = append(buffer[:0], "text"...)
	buffers.Put(buffer)
}
