//go:build fixed

package errorfwithoutverb

import (
	"errors"
	"fmt"
)

var errBad = errors.New("bad")

const badMessage = "not found"

func _(ok bool) error {
	if ok {
		return errors.New(badMessage)
	}
	return errors.New("more than 100%")
}

// Percents that are spelled otherwise stay with the format that reads them.
func _() error {
	return fmt.Errorf("100\u0025\u0025 sure")
}

// The name means something else here.
func _(errors int) error {
	return fmt.Errorf("bad")
}

// Its lines stay where they are.
func long() error {
	return errors.New(
		"a text that goes on " +
			"in another line",
	)
}
