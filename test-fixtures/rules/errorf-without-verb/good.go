// No findings.

package errorfwithoutverb

import "fmt"

type goodReporter struct{}

func (goodReporter) Errorf(format string, args ...any) error { return nil }

func _(name string, err error, fail goodReporter) []error {
	return []error{
		fmt.Errorf("open %s", name),
		fmt.Errorf("open: %w", err),
		fail.Errorf("bad"),
	}
}

// The name is that of a variable, which would have no use any more.
func _() error {
	Errorf := fmt.Errorf
	return Errorf("bad")
}
