// No findings here: all iterations share one variable.

package copies

func copied(names []string, run func(string)) {
	for _, name := range names {
		name := name
		go func() { run(name) }()
	}
}
