package recommended

// What holds pointers needs them.
func pointers(rules []rule) []*rule {
	var all []*rule
	for i := range rules {
		copied := rules[i]
		copied.deny = false
		all = append(all, &copied)
	}
	return all
}

// Once, when the program starts.
func setupRules(rules []rule) *rule {
	for _, r := range rules {
		if r.deny {
			return &r
		}
	}
	return nil
}

// The paths that fail pay, too.
func parsed(text string) (*rule, bool) {
	r := rule{name: text}
	r.deny = len(text) > 3
	if text == "" {
		return nil, false
	}
	if r.deny {
		return &r, true
	}
	return nil, r.name == "a"
}

// The arguments of a call are few.
func options(all ...rule) *rule {
	chosen := &rule{}
	for _, r := range all {
		chosen = &r
	}
	return chosen
}

// What a package lists itself is short.
var known = []rule{{name: "a"}, {name: "b", deny: true}}

func knownRule(name string) *rule {
	for _, r := range known {
		if r.name == name {
			return &r
		}
	}
	return nil
}
