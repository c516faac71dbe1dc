//go:build !fixed

package builds

import "fmt"

type badKind string

type badName string

func _(kind badKind, name badName) string {
	// want redundant-sprint "copies kind"
	text := fmt.Sprint(kind)
	// want redundant-sprint "copies name"
	text += fmt.Sprint(name)
	// want redundant-sprint "copies owner"
	return text + fmt.Sprint(owner)
}
