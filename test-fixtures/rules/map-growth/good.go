// No findings.

package mapgrowth

import "errors"

type goodUser struct {
	id   int
	name string
	tags []string
}

// Has its size.
func _(users []goodUser) map[string]goodUser {
	byName := make(map[string]goodUser, len(users))
	for _, user := range users {
		byName[user.name] = user
	}
	return byName
}

// Not empty.
func _(users []goodUser) map[string]int {
	ids := map[string]int{"root": 0}
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids
}

func _(users []goodUser, ids map[string]int) map[string]int {
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids
}

// Conditional, or left early.
func _(users []goodUser) map[string]int {
	ids := map[string]int{}
	for _, user := range users {
		if user.id > 0 {
			ids[user.name] = user.id
		}
	}
	return ids
}

func _(users []goodUser) map[string]int {
	ids := map[string]int{}
	for _, user := range users {
		if _, ok := ids[user.name]; ok {
			continue
		}
		ids[user.name] = user.id
	}
	return ids
}

func _(users []goodUser) (map[string]int, error) {
	ids := map[string]int{}
	for _, user := range users {
		if _, ok := ids[user.name]; ok {
			return nil, errors.New("twice")
		}
		ids[user.name] = user.id
	}
	return ids, nil
}

// Accumulates: keys repeat.
func _(users []goodUser) map[string][]goodUser {
	groups := map[string][]goodUser{}
	for _, user := range users {
		groups[user.name] = append(groups[user.name], user)
	}
	return groups
}

func _(users []goodUser) map[string]int {
	count := map[string]int{}
	for _, user := range users {
		count[user.name]++
	}
	return count
}

func _(users []goodUser) map[string]int {
	sum := map[string]int{}
	for _, user := range users {
		sum[user.name] += user.id
	}
	return sum
}

func _(users []goodUser) map[string]int {
	sum := map[string]int{}
	for _, user := range users {
		sum[user.name] = sum[user.name] + user.id
	}
	return sum
}

// The key does not vary.
func _(users []goodUser, key string) map[string]int {
	last := map[string]int{}
	for _, user := range users {
		last[key] = user.id
		last["last"] = user.id
	}
	return last
}

func _(users []goodUser, turns int) map[string]int {
	ids := map[string]int{}
	for i := 0; i < turns; i++ {
		for _, user := range users {
			ids[user.name] = i
		}
	}
	return ids
}

// Iterations that nobody knows.
func _(users <-chan goodUser) map[string]int {
	ids := map[string]int{}
	for user := range users {
		ids[user.name] = user.id
	}
	return ids
}

func _(users []goodUser) map[string]int {
	ids := map[string]int{}
	for _, user := range users {
		for _, tag := range user.tags {
			ids[tag] = user.id
		}
	}
	return ids
}

// Fits into the first group.
func _() map[int]int {
	squares := map[int]int{}
	for i := range 8 {
		squares[i] = i * i
	}
	return squares
}

// Made anew on the way.
func _(users []goodUser, fresh bool) map[string]int {
	ids := map[string]int{}
	if fresh {
		ids = nil
	}
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids
}

// A slice, not a map.
func _(users []goodUser) []int {
	ids := []int{}
	for i, user := range users {
		ids[i] = user.id
	}
	return ids
}

// Filled by a closure.
func _(users []goodUser) map[string]int {
	ids := map[string]int{}
	for _, user := range users {
		func() { ids[user.name] = user.id }()
	}
	return ids
}

// Filled before, or in a branch.
func _(users, admins []goodUser) map[string]int {
	ids := map[string]int{}
	for _, admin := range admins {
		if admin.id > 0 {
			ids[admin.name] = admin.id
		}
	}
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids
}

func _(users []goodUser, isFull bool) map[string]int {
	ids := map[string]int{}
	if isFull {
		for _, user := range users {
			ids[user.name] = user.id
		}
	}
	return ids
}

// Looks at what it stores: keys repeat.
func _(users []goodUser) []string {
	seen := map[string]bool{}
	var names []string
	for _, user := range users {
		if !seen[user.name] {
			names = append(names, user.name)
		}
		seen[user.name] = true
	}
	return names
}

func _(users []goodUser) map[int][]string {
	groups := make(map[int][]string)
	for _, user := range users {
		names := groups[user.id]
		groups[user.id] = append(names, user.name)
	}
	return groups
}

// Runs once, when the program starts.
var goodNames = func() map[int]string {
	names := make(map[int]string)
	for name, id := range goodIds {
		names[id] = name
	}
	return names
}()

var goodIds = map[string]int{"a": 1, "b": 2, "c": 3}

// Two, which the literal says.
func _() map[string]int {
	listed := []string{"a", "b"}
	ids := make(map[string]int)
	for i, name := range listed {
		ids[name] = i
	}
	return ids
}
