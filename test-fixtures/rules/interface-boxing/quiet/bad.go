package quiet

import (
	"container/heap"
	"fmt"
	"strings"
)

type job struct{ priority, id int }

func fill(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j) // want interface-boxing "heap.Push takes j .job. as an interface"
	}
}

func join(names []string) string {
	var all strings.Builder
	for i, name := range names {
		all.WriteString(fmt.Sprintf("%d: %s\n", i, name)) // want interface-boxing "fmt.Sprintf takes"
	}
	return all.String()
}
