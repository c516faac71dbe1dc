//go:build fixed && !suggestion

package rebuilt

func run(...string) {}

// Built once for all iterations, or with a copy for each: not both.
func together(names []string) []func() string {
	var last string
	fs := make([]func() string, 0, len(names))
	for _, name := range names {
		last = name
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
		prefix := prefix
		go func() {
			run(prefix, name)
		}()
	}
}
