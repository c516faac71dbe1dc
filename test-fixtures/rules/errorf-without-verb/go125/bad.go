//go:build !fixed

package old

import "fmt"

func _() error {
	return fmt.Errorf("bad") // want errorf-without-verb "two allocations where errors.New makes one"
}
