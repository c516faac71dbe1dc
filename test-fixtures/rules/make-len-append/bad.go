//go:build !fixed

package makelenappend

import (
	"errors"
	"sort"
	"strings"
)

type badUser struct{ name string }

type badNames []string

type badAnswer struct {
	items []string
	total int
}

func badEach(users []badUser) []string {
	// want make-len-append "all begins with len\(users\) zero values"
	all := make([]string, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

// Numbers, where as many are appended as make gave.
func badNumbers(n int) (sum int) {
	numbers := make([]int, n) // want make-len-append "numbers begins with n zero values"
	for i := 0; i < n; i++ {
		numbers = append(numbers, i*i)
	}
	for _, each := range numbers {
		sum += each
	}
	return sum
}

func badSpread(data []byte) string {
	copied := make([]byte, len(data)) // want make-len-append "len\(data\) zero values"
	copied = append(copied, data...)
	return string(copied)
}

// A constant that the loop counts to as well.
func badConstant(name string) []string {
	const copies = 3
	all := make([]string, copies) // want make-len-append "copies zero values"
	for range copies {
		all = append(all, name)
	}
	return all
}

// A capacity that says nothing of its own.
func badCapacity(users []badUser) []string {
	all := make([]string, len(users), len(users)) // want make-len-append "begins with"
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

func badDeclared(users []badUser) []string {
	var all = make(badNames, len(users)) // want make-len-append "begins with"
	for _, u := range users {
		if u.name != "" {
			all = append(all, u.name)
		}
	}
	return all
}

func badResult(users map[string]*badUser) (all []*badUser, err error) {
	all = make([]*badUser, len(users)) // want make-len-append "begins with"
	for name, u := range users {
		if u == nil {
			return all, errors.New(name)
		}
		all = append(all, u)
	}
	return
}

func badField(users []badUser) *badAnswer {
	answer := &badAnswer{total: len(users)}
	answer.items = make([]string, answer.total) // want make-len-append "answer.items begins with answer.total zero values"
	for _, u := range users {
		answer.items = append(answer.items, u.name)
	}
	return answer
}

// Only one way makes it so.
func badBranch(users []badUser, known bool) []string {
	var all []string
	if known {
		all = make([]string, len(users)) // want make-len-append "begins with"
	}
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

func badClosure(text string) []string {
	all := make([]string, strings.Count(text, "\n")) // want make-len-append "strings.Count"
	badWalk(text, func(line string) {
		all = append(all, line)
	})
	return all
}

func badWalk(text string, visit func(string)) {
	for line := range strings.Lines(text) {
		visit(line)
	}
}

// Made anew on each iteration; the last one is given a length for good.
func badTurns(groups [][]badUser) (total int) {
	var all []string
outer:
	for _, group := range groups {
		all = make([]string, len(group)) // want make-len-append "begins with"
		for _, u := range group {
			if u.name == "" {
				continue outer
			}
			all = append(all, u.name)
		}
		total += len(all)
		println(all[len(all)-1], strings.Join(all, ","))
	}
	all = make([]string, 2)
	all[0] = "end"
	return total + len(all)
}

func badGeneric[T any](items []T, keep func(T) bool) []T {
	kept := make([]T, len(items)) // want make-len-append "begins with"
	for _, item := range items {
		if keep(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

// Sorted with the zero values among them.
func badSorted(counts map[string]int) []string {
	keys := make([]string, len(counts)) // want make-len-append "begins with"
	for key := range counts {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool { return counts[keys[i]] < counts[keys[j]] })
	return keys
}
