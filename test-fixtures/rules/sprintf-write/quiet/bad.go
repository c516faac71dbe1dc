//go:build !fixed

package quiet

import (
	"fmt"
	"io"
)

func greet(w io.Writer, name string) {
	io.WriteString(w, fmt.Sprintf("hello %s\n", name)) // want sprintf-write "fmt.Sprintf makes a string that is only written"
}
