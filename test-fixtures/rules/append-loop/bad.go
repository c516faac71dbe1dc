//go:build !fixed

package appendloop

import "strings"

type badQueue struct {
	jobs []string
	last [8]string
}

// Made here, and nobody else holds it: safe.
func _(jobs []string) []string {
	var all []string
	// want append-loop "appends jobs to all element by element"
	for _, job := range jobs {
		all = append(all, job)
	}
	return all
}

func _(jobs []string) []string {
	all := make([]string, 0, len(jobs)+1)
	all = append(all, "first")
	// want append-loop "appends jobs to all"
	for _, job := range jobs {
		all = append(all, (job))
	}
	return all
}

func _(jobs []string) (all []string) {
	// want append-loop "appends jobs to all"
	for i := range jobs {
		all = append(all, jobs[i])
	}
	return
}

func _(q badQueue, n int) []string {
	all := []string{"first"}
	// want append-loop "to all"
	for _, job := range q.jobs[n+1 : len(q.jobs)-n] {
		all = append(all, job)
	}
	return all
}

// Arrays are sliced.
func _(q *badQueue) []string {
	all := []string{}
	// want append-loop "q.last to all"
	for _, job := range q.last {
		all = append(all, job)
	}
	return all
}

func _(last *[8]string) []string {
	all := []string{}
	// want append-loop "last to all"
	for i := range last {
		all = append(all, last[i])
	}
	return all
}

// A call is evaluated once, as before.
func _(text string) []string {
	all := []string{}
	// want append-loop "to all"
	for _, part := range strings.Split(text, ",") {
		all = append(all, part)
	}
	return all
}

// In a loop around it.
func _(groups [][]string) []string {
	var all []string
	for _, group := range groups {
		// want append-loop "appends group to all"
		for _, job := range group {
			all = append(all, job)
		}
	}
	return all
}

// Memory that others may hold: a suggestion.
func (q *badQueue) push(jobs []string) {
	// want append-loop "appends jobs to q.jobs"
	for _, job := range jobs {
		q.jobs = append(q.jobs, job)
	}
}

func _(all, jobs []string) []string {
	// want append-loop "appends jobs to all"
	for _, job := range jobs {
		all = append(all, job)
	}
	return all
}

func _(jobs []string) []string {
	all := make([]string, 0, 8)
	jobs = append(all, jobs...)
	all = append(all, "first")
	// want append-loop "appends jobs to all"
	for _, job := range jobs {
		all = append(all, job)
	}
	return all
}

// Comments have no place in one statement: nothing is offered.
func _(jobs []string) []string {
	var all []string
	// want append-loop "appends jobs to all"
	for _, job := range jobs {
		// every one of them
		all = append(all, job)
	}
	return all
}

// Whether both share memory hangs on the room that is left: a suggestion.
func _(jobs []string) ([]string, []string) {
	all := []string{}
	// want append-loop "appends jobs to all"
	for _, job := range jobs {
		all = append(all, job)
	}
	first := append(all, "first")
	return first, append(all, "second")
}

func _(jobs []string) ([]string, int) {
	all := []string{}
	// want append-loop "appends jobs to all"
	for _, job := range jobs {
		all = append(all, job)
	}
	return all, cap(all)
}
