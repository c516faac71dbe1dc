//go:build !fixed

package older

import (
	"bytes"
	"strings"
)

func _(buf *bytes.Buffer, sb *strings.Builder, name string) {
	// want write-conversion "name is converted for buf.Write: compilers before Go 1.22"
	buf.Write([]byte(name))
	// want write-conversion "sb.WriteString takes it"
	sb.Write([]byte(name + "\n"))
	sb.Write([]byte("constant"))
}
