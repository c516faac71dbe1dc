//go:build fixed

package older

import (
	"bytes"
	"strings"
)

func _(buf *bytes.Buffer, sb *strings.Builder, name string) {
	buf.WriteString(name)
	sb.WriteString(name + "\n")
	sb.Write([]byte("constant"))
}
