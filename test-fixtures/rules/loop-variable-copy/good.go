// No findings here.

package copies

func _(names []string, run func(string)) {
	for _, name := range names {
		go run(name)
	}
}

// The loop counts on with the original.
func _(n int, run func(int)) {
	for i := 0; i < n; i++ {
		i := i
		i *= 2
		run(i)
	}
}

// The original is seen again after the copy has changed.
func _(names []string, run func(string)) {
	for _, name := range names {
		if name != "" {
			name := name
			name += "!"
			run(name)
		}
		run(name)
	}
}

// Each inner iteration has a copy of its own.
func _(names []string, all []*string) []*string {
	for _, name := range names {
		for range 3 {
			name := name
			all = append(all, &name)
		}
	}
	return all
}

// The closure made before the copy must not see its changes.
func _(names []string, run func(string)) {
	for _, name := range names {
		before := func() { run(name) }
		name := name
		name += "!"
		run(name)
		before()
	}
}

// The body changes the original: the copy lets the closure hold a value.
func _(names []string, run func(string)) {
	for _, name := range names {
		name += "!"
		name := name
		go func() { run(name) }()
	}
}

// Not a copy of the loop's variable.
func _(names []string, other string, run func(string)) {
	for range names {
		other := other
		go run(other)
	}
}

func _(names []string, run func(string)) {
	for _, name := range names {
		copied := name
		go run(copied)
	}
}

// The variable of a literal's call is not the loop's.
func _(names []string, run func(string)) {
	for _, name := range names {
		go func() {
			name := name
			name += "!"
			run(name)
		}()
	}
}
