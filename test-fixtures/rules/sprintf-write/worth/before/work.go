// Package worth writes ten lines.
package worth

import (
	"bytes"
	"fmt"
)

var (
	buffer bytes.Buffer
	number = 123456
	name   = "name"
)

func Work() {
	buffer.Reset()
	for range 10 {
		buffer.WriteString(fmt.Sprintf("%s: %d\n", name, number))
	}
}
