//go:build !fixed

package errorfwithoutverb

import "fmt"

var errBad = fmt.Errorf("bad") // want errorf-without-verb "given nothing to format"

const badMessage = "not found"

func _(ok bool) error {
	if ok {
		return fmt.Errorf(badMessage) // want errorf-without-verb "a % in it would be taken for one"
	}
	return fmt.Errorf("more than 100%%") // want errorf-without-verb "given nothing to format"
}

// Percents that are spelled otherwise stay with the format that reads them.
func _() error {
	return fmt.Errorf("100\u0025\u0025 sure") // want errorf-without-verb "errors.New"
}

// The name means something else here.
func _(errors int) error {
	return fmt.Errorf("bad") // want errorf-without-verb "errors.New"
}

// Its lines stay where they are.
func long() error {
	// want errorf-without-verb "."
	return fmt.Errorf(
		"a text that goes on " +
			"in another line",
	)
}
