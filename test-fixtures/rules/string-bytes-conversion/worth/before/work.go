// Package worth takes the bytes of a buffer.
package worth

import "bytes"

var buffer = bytes.NewBuffer(make([]byte, 1000))

func Work() []byte { return append([]byte(nil), []byte(buffer.String())...) }
