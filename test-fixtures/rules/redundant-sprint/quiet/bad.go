//go:build !fixed

package quiet

import "fmt"

func greeting(name string) string {
	return fmt.Sprint(name) // want redundant-sprint "copies name, which is a string already"
}
