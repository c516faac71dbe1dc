//go:build fixed && suggestion

package builds

type badKind string

type badName string

func _(kind badKind, name badName) string {
	text := string(kind)
	text += string(name)
	return text + owner
}
