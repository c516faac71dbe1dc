//go:build fixed

package recommended

type rule struct {
	name string
	deny bool
}

func firstDenied(rules []rule) *rule {
	for _, r := range rules {
		if r.deny {
			rCopy := r
			return &rCopy
		}
	}
	return nil
}
