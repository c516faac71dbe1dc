//go:build fixed

package copies

func _(names []string, run func(string)) {
	for _, name := range names {
		go run(name)
	}
}

func _(names []string, run func(int, string)) {
	for i, name := range names {
		go func() { run(i, name) }()
	}
}

func _(names []string, run func(int, string)) {
	for i, name := range names {
		// capture range variable

		go func() { run(i, name) }()
	}
}

func _(n int, run func(int)) {
	for i := 0; i < n; i++ {
		go func() { run(i) }()
	}
}

func _(names []string, all []*string) []*string {
	for _, name := range names {
		if name == "" {
			continue
		}
		all = append(all, &name)
	}
	return all
}

func _(names []string, run func(string)) {
	for _, name := range names {
		name += "!"
		go run(name)
	}
}

func _(names []string, run func(string)) {
	for _, name := range names {
		switch {
		case name != "":
			go run(name)
		}
	}
}
