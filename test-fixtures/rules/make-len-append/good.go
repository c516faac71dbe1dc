// No findings.

package makelenappend

import "encoding/binary"

type goodUser struct{ name string }

type goodAnswer struct{ items []string }

func goodEach(users []goodUser) []string {
	all := make([]string, 0, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}

// The elements are assigned.
func goodAssigned(users []goodUser) []string {
	all := make([]string, len(users))
	for i, u := range users {
		all[i] = u.name
	}
	return append(all, "end")
}

func goodAssignedBehind(users []goodUser) []string {
	all := make([]string, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	all[0] = "first"
	return all
}

// A header that is filled when the rest is known.
func goodHeader(data []byte) []byte {
	out := make([]byte, 4)
	out = append(out, data...)
	binary.BigEndian.PutUint32(out[:4], uint32(len(data)))
	return out
}

func goodHeaderOf(data []byte, size int) []byte {
	out := make([]byte, size)
	out = append(out, data...)
	goodFill(out)
	return out
}

func goodFill(out []byte) {
	if len(out) > 0 {
		out[0] = 1
	}
}

// Zeros in front make numbers as long as they have to be.
func goodPadded(number []byte) []byte {
	out := make([]byte, 32-len(number))
	out = append(out, number...)
	return out
}

// Zeros behind as well.
func goodAligned(n int) []byte {
	out := make([]byte, n)
	for len(out)%8 != 0 {
		out = append(out, 0)
	}
	return out
}

// Copied into, and only then appended to.
func goodCopied(users []string) []string {
	all := make([]string, len(users))
	copy(all, users)
	all = append(all, "end")
	return all
}

// Filled by somebody else.
func goodRead(n int) []string {
	all := make([]string, n)
	goodFillNames(all)
	for range n {
		all = append(all, "end")
	}
	return all
}

func goodFillNames(all []string) {
	for i := range all {
		all[i] = "name"
	}
}

// On the other branch it is filled.
func goodBranch(users []string, whole bool) []string {
	all := make([]string, len(users))
	if whole {
		goodFillNames(all)
	} else {
		for _, u := range users {
			all = append(all, u)
		}
	}
	return all
}

// Each branch has a slice of its own.
func goodBranches(users []string, whole bool) []string {
	var all []string
	if whole {
		all = make([]string, len(users))
		copy(all, users)
	} else {
		all = append(all, users...)
	}
	return all
}

// The first one is a sentinel, which is read.
func goodSentinel(lengths []int) []*goodUser {
	all := make([]*goodUser, len(lengths))
	for range lengths {
		all = append(all, all[0])
	}
	return all
}

func goodOne(names []string) []string {
	all := make([]string, 1)
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

// A count of its own.
func goodFixed(names []string) []string {
	all := make([]string, 3)
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

// Length and capacity differ: whoever writes that knows.
func goodCapacity(names []string, columns int) []string {
	all := make([]string, columns, columns+len(names))
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

func goodNone(names []string) []string {
	const none = 0
	all := make([]string, none)
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

// Emptied first.
func goodEmptied(names []string) []string {
	all := make([]string, len(names))
	all = all[:0]
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

func goodReset(names []string) []string {
	all := make([]string, len(names))
	println(len(all))
	all = nil
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

// Somebody else holds it.
func goodShared(names []string, fill func(*[]string)) []string {
	all := make([]string, len(names))
	fill(&all)
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

func goodHeld(names []string) []string {
	all := make([]string, len(names))
	for i := range names {
		defer func() { all[i] = names[i] }()
		all = append(all, names[i])
	}
	return all
}

// A work list.
func goodQueue(names []string, more func(string) []string) (total int) {
	queue := make([]string, len(names))
	for i := 0; i < len(queue); i++ {
		queue = append(queue, more(queue[i])...)
		total++
	}
	return total
}

func goodField(names []string, fill func(*goodAnswer)) *goodAnswer {
	answer := &goodAnswer{}
	answer.items = make([]string, len(names))
	fill(answer)
	for _, name := range names {
		answer.items = append(answer.items, name)
	}
	return answer
}

func goodShadowed(names []string) []string {
	make := func(_ []string, n int) []string { return nil }
	all := make(names, len(names))
	for _, name := range names {
		all = append(all, name)
	}
	return all
}

func goodMap(names []string) map[string]bool {
	all := make(map[string]bool, len(names))
	for _, name := range names {
		all[name] = true
	}
	return all
}
