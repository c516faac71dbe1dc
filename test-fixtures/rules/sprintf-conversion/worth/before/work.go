// Package worth formats one number.
package worth

import "fmt"

var number = 123456

func Work() string { return fmt.Sprintf("%d", number) }
