//go:build fixed && suggestion

package appendloop

import "strings"

type badQueue struct {
	jobs []string
	last [8]string
}

// Made here, and nobody else holds it: safe.
func _(jobs []string) []string {
	var all []string
	all = append(all, jobs...)
	return all
}

func _(jobs []string) []string {
	all := make([]string, 0, len(jobs)+1)
	all = append(all, "first")
	all = append(all, jobs...)
	return all
}

func _(jobs []string) (all []string) {
	all = append(all, jobs...)
	return
}

func _(q badQueue, n int) []string {
	all := []string{"first"}
	all = append(all, q.jobs[n+1:len(q.jobs)-n]...)
	return all
}

// Arrays are sliced.
func _(q *badQueue) []string {
	all := []string{}
	all = append(all, q.last[:]...)
	return all
}

func _(last *[8]string) []string {
	all := []string{}
	all = append(all, last[:]...)
	return all
}

// A call is evaluated once, as before.
func _(text string) []string {
	all := []string{}
	all = append(all, strings.Split(text, ",")...)
	return all
}

// In a loop around it.
func _(groups [][]string) []string {
	var all []string
	for _, group := range groups {
		all = append(all, group...)
	}
	return all
}

// Memory that others may hold: a suggestion.
func (q *badQueue) push(jobs []string) {
	q.jobs = append(q.jobs, jobs...)
}

func _(all, jobs []string) []string {
	all = append(all, jobs...)
	return all
}

func _(jobs []string) []string {
	all := make([]string, 0, 8)
	jobs = append(all, jobs...)
	all = append(all, "first")
	all = append(all, jobs...)
	return all
}

// Comments have no place in one statement: nothing is offered.
func _(jobs []string) []string {
	var all []string
	for _, job := range jobs {
		// every one of them
		all = append(all, job)
	}
	return all
}

// Whether both share memory hangs on the room that is left: a suggestion.
func _(jobs []string) ([]string, []string) {
	all := []string{}
	all = append(all, jobs...)
	first := append(all, "first")
	return first, append(all, "second")
}

func _(jobs []string) ([]string, int) {
	all := []string{}
	all = append(all, jobs...)
	return all, cap(all)
}
