//go:build fixed

package quiet

import (
	"fmt"
	"io"
)

func greet(w io.Writer, name string) {
	fmt.Fprintf(w, "hello %s\n", name)
}
