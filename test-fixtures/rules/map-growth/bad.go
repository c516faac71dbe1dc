//go:build !fixed

package mapgrowth

type badUser struct {
	id    int
	name  string
	email string
}

type badIndex struct {
	byName map[string]badUser
	hits   int
}

func _(users []badUser) map[string]badUser {
	byName := make(map[string]badUser) // want map-growth "byName is made without a size.*len\\(users\\)"
	for _, user := range users {
		byName[user.name] = user
	}
	return byName
}

func _(users []badUser) map[string]badUser {
	byName := map[string]badUser{} // want map-growth "len\\(users\\)"
	for i := range users {
		byName[users[i].name] = users[i]
	}
	return byName
}

func _(users []badUser) map[string]badUser {
	var byName = map[string]badUser{} // want map-growth "len\\(users\\)"
	for i := 0; i < len(users); i++ {
		user := users[i]
		byName[user.name] = user
	}
	return byName
}

// A key declared in the body; two elements on each iteration.
func _(users []badUser) map[string]int {
	ids := make(map[string]int) // want map-growth "2\\*len\\(users\\)"
	for _, user := range users {
		name, email := user.name, user.email
		ids[name] = user.id
		ids[email] = user.id
	}
	return ids
}

// A key counted along.
func _(names []string) map[int]string {
	numbered, next := map[int]string{}, 0 // want map-growth "len\\(names\\)"
	for _, name := range names {
		numbered[next] = name
		next += 2
	}
	return numbered
}

// Copied from another map, from an integer, nested.
func _(old map[string]int) map[int]string {
	turned := make(map[int]string) // want map-growth "len\\(old\\)"
	for name, id := range old {
		turned[id] = name
	}
	return turned
}

func _(n int) map[int]int {
	squares := make(map[int]int) // want map-growth "n"
	for i := range n {
		squares[i] = i * i
	}
	return squares
}

func _(rows, columns []string) map[[2]string]int {
	cells := make(map[[2]string]int) // want map-growth "len\\(rows\\)\\*len\\(columns\\)"
	for i, row := range rows {
		for j, column := range columns {
			cells[[2]string{row, column}] = i * j
		}
	}
	return cells
}

// In a struct.
func _(users []badUser) *badIndex {
	index := &badIndex{
		byName: make(map[string]badUser), // want map-growth "index.byName"
	}
	for _, user := range users {
		index.byName[user.name] = user
	}
	return index
}

func (b *badIndex) rebuild(users []badUser) {
	b.byName = make(map[string]badUser) // want map-growth "b.byName"
	b.hits = 0
	for _, user := range users {
		b.byName[user.name] = user
	}
}

// The length is known only later: the declaration moves.
func _(load func() ([]badUser, error)) (map[string]int, error) {
	ids := make(map[string]int) // want map-growth "len\\(users\\)"
	users, err := load()
	if err != nil {
		return nil, err
	}
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids, nil
}

// The declaration cannot move, and nothing is offered.
func _(load func() []badUser) map[string]int {
	// ids by name
	ids := make(map[string]int) // want map-growth "len\\(users\\)"
	users := load()
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids
}

// The type's name means something else at the loop.
func _(load func() (badUser, []badUser)) map[string]badUser {
	byName := make(map[string]badUser) // want map-growth "byName"
	badUser, users := load()
	for _, user := range users {
		byName[user.name] = user
	}
	byName[""] = badUser
	return byName
}

// Whoever calls it pays.
var namesById = func(ids map[string]int) map[int]string {
	names := make(map[int]string) // want map-growth "names is made without a size and a loop puts len\(ids\) elements into it"
	for name, id := range ids {
		names[id] = name
	}
	return names
}

// Of the blank lines around the declaration one goes with it.
func _(load func() []badUser) map[string]int {
	println()

	ids := make(map[string]int) // want map-growth "len\\(users\\)"

	users := load()
	for _, user := range users {
		ids[user.name] = user.id
	}
	return ids
}
