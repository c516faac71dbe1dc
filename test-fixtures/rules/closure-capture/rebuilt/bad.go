//go:build !fixed

package rebuilt

func run(...string) {}

// Built once for all iterations, or with a copy for each: not both.
func together(names []string) []func() string {
	var last string
	fs := make([]func() string, 0, len(names))
	for _, name := range names {
		last = name
		// want closure-capture "holds last by reference"
		// want closure-capture "allocated anew on every iteration"
		fs = append(fs, func() string { return last })
	}
	return fs
}

func each(names []string) {
	prefix := "a"
	if len(names) > 1 {
		prefix = "b"
	}
	for _, name := range names {
		go func() { // want closure-capture "holds prefix by reference"
			run(prefix, name)
		}()
	}
}
