// Package worth fills a heap with a hundred jobs.
package worth

import "container/heap"

type job struct{ priority, id int }

type queue []any

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return i < j }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x) }
func (q *queue) Pop() any          { panic("not called") }

var (
	jobs = make([]job, 100)
	kept = make(queue, 0, 100)
)

func Work() {
	kept = kept[:0]
	fill(&kept, jobs)
}

func fill(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j)
	}
}
