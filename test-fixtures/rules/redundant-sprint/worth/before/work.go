// Package worth formats what is a text already.
package worth

import "fmt"

var name = "the name of something"

func Work() string { return fmt.Sprintf("%s", name) }
