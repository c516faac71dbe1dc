package quiet

import (
	"fmt"
	"io"
	"testing"
)

func input(t *testing.T, w io.Writer) {
	io.WriteString(w, fmt.Sprintf("test %s\n", t.Name()))
}
