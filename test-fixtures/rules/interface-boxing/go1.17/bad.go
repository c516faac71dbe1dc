//go:build !fixed

package interfaceboxing

import (
	"fmt"
	"io"
)

func prefixed(w io.Writer, prefix string, lines []*string) {
	for _, line := range lines {
		// want interface-boxing "fmt.Fprintln takes prefix"
		fmt.Fprintln(w, prefix, line)
	}
}
