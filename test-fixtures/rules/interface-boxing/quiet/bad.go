package quiet

import "container/heap"

type job struct{ priority, id int }

func fill(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j) // want interface-boxing "heap.Push takes j .job. as an interface"
	}
}
