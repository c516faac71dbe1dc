//go:build !fixed

package copies

func _(names []string, run func(string)) {
	for _, name := range names {
		name := name // want loop-variable-copy "own name since Go 1.22"
		go run(name)
	}
}

func _(names []string, run func(int, string)) {
	for i, name := range names {
		i, name := i, name // want loop-variable-copy "own i and name"
		go func() { run(i, name) }()
	}
}

func _(names []string, run func(int, string)) {
	for i, name := range names {
		i := i // want loop-variable-copy "own i since"
		// want loop-variable-copy "."
		name := name // capture range variable

		go func() { run(i, name) }()
	}
}

func _(n int, run func(int)) {
	for i := 0; i < n; i++ {
		i := i // want loop-variable-copy "."
		go func() { run(i) }()
	}
}

func _(names []string, all []*string) []*string {
	for _, name := range names {
		if name == "" {
			continue
		}
		name := name // want loop-variable-copy "."
		all = append(all, &name)
	}
	return all
}

func _(names []string, run func(string)) {
	for _, name := range names {
		name := name // want loop-variable-copy "."
		name += "!"
		go run(name)
	}
}

func _(names []string, run func(string)) {
	for _, name := range names {
		switch {
		case name != "":
			name := name // want loop-variable-copy "."
			go run(name)
		}
	}
}
