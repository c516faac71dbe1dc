//go:build fixed && suggestion

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
	all := make([]string, 0, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

// Numbers, where as many are appended as make gave.
func badNumbers(n int) (sum int) {
	numbers := make([]int, 0, n)
	for i := 0; i < n; i++ {
		numbers = append(numbers, i*i)
	}
	for _, each := range numbers {
		sum += each
	}
	return sum
}

func badSpread(data []byte) string {
	copied := make([]byte, 0, len(data))
	copied = append(copied, data...)
	return string(copied)
}

// A constant that the loop counts to as well.
func badConstant(name string) []string {
	const copies = 3
	all := make([]string, 0, copies)
	for range copies {
		all = append(all, name)
	}
	return all
}

// A capacity that says nothing of its own.
func badCapacity(users []badUser) []string {
	all := make([]string, 0, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

func badDeclared(users []badUser) []string {
	var all = make(badNames, 0, len(users))
	for _, u := range users {
		if u.name != "" {
			all = append(all, u.name)
		}
	}
	return all
}

func badResult(users map[string]*badUser) (all []*badUser, err error) {
	all = make([]*badUser, 0, len(users))
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
	answer.items = make([]string, 0, answer.total)
	for _, u := range users {
		answer.items = append(answer.items, u.name)
	}
	return answer
}

// Only one way makes it so.
func badBranch(users []badUser, known bool) []string {
	var all []string
	if known {
		all = make([]string, 0, len(users))
	}
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

func badClosure(text string) []string {
	all := make([]string, 0, strings.Count(text, "\n"))
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
		all = make([]string, 0, len(group))
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
	kept := make([]T, 0, len(items))
	for _, item := range items {
		if keep(item) {
			kept = append(kept, item)
		}
	}
	return kept
}

// Sorted with the zero values among them.
func badSorted(counts map[string]int) []string {
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool { return counts[keys[i]] < counts[keys[j]] })
	return keys
}
