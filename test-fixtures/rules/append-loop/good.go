// No findings.

package appendloop

type goodName string

type goodBox struct {
	names []string
}

func _(jobs []string) []string {
	var all []string
	all = append(all, jobs...)
	return all
}

// Elements are converted, changed, used twice.
func _(jobs []string) []any {
	var all []any
	for _, job := range jobs {
		all = append(all, job)
	}
	return all
}

func _(jobs []string) []goodName {
	all := make([]goodName, 0, len(jobs))
	for _, job := range jobs {
		all = append(all, goodName(job))
	}
	return all
}

func _(jobs []string) []string {
	all := make([]string, 0, 2*len(jobs))
	for _, job := range jobs {
		all = append(all, job, job)
	}
	return all
}

func _(jobs []string) []string {
	all := make([]string, 0, len(jobs))
	for _, job := range jobs {
		all = append(all, job)
		println(job)
	}
	return all
}

func _(jobs []string, first string) []string {
	all := make([]string, 0, len(jobs))
	for range jobs {
		all = append(all, first)
	}
	return all
}

// The variable lives on.
func _(jobs []string) ([]string, string) {
	var last string
	all := make([]string, 0, len(jobs))
	for _, last = range jobs {
		all = append(all, last)
	}
	return all, last
}

// Other things to range over.
func _(jobs map[string]string) []string {
	all := make([]string, 0, len(jobs))
	for _, job := range jobs {
		all = append(all, job)
	}
	return all
}

func _(jobs <-chan string) []string {
	var all []string
	for job := range jobs {
		all = append(all, job)
	}
	return all
}

func _(text string) []rune {
	all := make([]rune, 0, len(text))
	for _, r := range text {
		all = append(all, r)
	}
	return all
}

func _(n int) []int {
	all := make([]int, 0, max(n, 0))
	for i := range n {
		all = append(all, i)
	}
	return all
}

func _(jobs []string) []int {
	all := make([]int, 0, len(jobs))
	for i := range jobs {
		all = append(all, i)
	}
	return all
}

// To itself; to an element.
func _(jobs []string) []string {
	for _, job := range jobs {
		jobs = append(jobs, job)
	}
	return jobs
}

func _(groups map[string][]string, key string, jobs []string) {
	for _, job := range jobs {
		groups[key] = append(groups[key], job)
	}
}

func _(other []int, jobs []string) []string {
	all := make([]string, 0, len(other))
	for i := range other {
		all = append(all, jobs[i])
	}
	return all
}

// The index reaches into what grows.
func (b *goodBox) double() {
	for i := range b.names {
		b.names = append(b.names, b.names[i])
	}
}
