//go:build !fixed

package recommended

type rule struct {
	name string
	deny bool
}

func firstDenied(rules []rule) *rule {
	for _, r := range rules { // want escaping-pointer "r is a copy of the element and moves to the heap because its address is returned"
		if r.deny {
			return &r
		}
	}
	return nil
}
