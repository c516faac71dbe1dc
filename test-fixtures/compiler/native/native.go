// Package native is compiled with cgo.
package native

// static int twice(int x) { return 2 * x; }
import "C"

func Twice(x int) *int {
	y := int(C.twice(C.int(x)))
	return &y
}
