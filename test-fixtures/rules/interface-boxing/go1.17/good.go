package interfaceboxing

import (
	"fmt"
	"io"
)

func pointers(w io.Writer, lines []*string) {
	for _, line := range lines {
		fmt.Fprintln(w, line)
	}
}
