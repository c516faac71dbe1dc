//go:build fixed && suggestion

package interfaceboxing

import (
	"fmt"
	"io"
)

func prefixed(w io.Writer, prefix string, lines []*string) {
	var prefixBoxed interface{} = prefix
	for _, line := range lines {
		fmt.Fprintln(w, prefixBoxed, line)
	}
}
