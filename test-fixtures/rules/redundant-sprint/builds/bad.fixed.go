//go:build fixed && !suggestion

package builds

import "fmt"

type badKind string

type badName string

func _(kind badKind, name badName) string {
	text := fmt.Sprint(kind)
	text += string(name)
	return text + fmt.Sprint(owner)
}
