// Package worth looks for the one of a hundred rules that denies.
package worth

type rule struct {
	name string
	deny bool
}

var rules = append(make([]rule, 99), rule{deny: true})

func firstDenied(rules []rule) *rule {
	for _, r := range rules {
		if r.deny {
			return &r
		}
	}
	return nil
}

func Work() *rule { return firstDenied(rules) }
