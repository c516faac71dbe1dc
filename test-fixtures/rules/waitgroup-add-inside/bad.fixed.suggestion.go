//go:build fixed && suggestion

package waitgroupaddinside

import "sync"

func first(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

func afterDefer(wg *sync.WaitGroup, job func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		job()
	}()
}

type pool struct {
	sync.WaitGroup
	workers sync.WaitGroup
}

func (p *pool) run(job func(int)) {
	for i := 0; i < 3; i++ {
		p.workers.Add(1)
		go func(i int) {
			job(i)
			p.workers.Done()
		}(i)
	}
	p.workers.Wait()
}

func (p *pool) embedded(job func()) {
	p.Add(1)
	go func() {
		defer p.Done()
		job()
	}()
	p.Wait()
}

func doneElsewhere(wg *sync.WaitGroup, job func(*sync.WaitGroup)) {
	go func() {
		// counted here
		wg.Add(1)
		job(wg)
	}()
}

func later(wg *sync.WaitGroup, prepare, job func()) {
	wg.Add(1)
	go func() {
		prepare()
		defer wg.Done()
		job()
	}()
}

func computed(wg *sync.WaitGroup, count func() int, job func()) {
	wg.Add(count())
	go func() {
		job()
	}()
}

func argumentsWithCalls(wg *sync.WaitGroup, next func() int, job func(int)) {
	wg.Add(1)
	go func(n int) {
		defer wg.Done()
		job(n)
	}(next())
}

func forAnother(wg *sync.WaitGroup, job func()) {
	wg.Add(1)
	go func() {
		go func() {
			defer wg.Done()
			job()
		}()
	}()
}

func passed(n int, job func(int)) {
	var group sync.WaitGroup
	for i := range n {
		go func(i int, wg *sync.WaitGroup) {
			wg.Add(1)
			defer wg.Done()
			job(i)
		}(i, &group)
	}
	group.Wait()
}

// Where an argument panics nothing is started, so that nothing may be counted.
func argumentsThatPanic(xs []int, first *int, job func(int)) {
	var wg, other sync.WaitGroup
	wg.Add(1)
	go func(n int) {
		defer wg.Done()
		job(n)
	}(xs[3])
	other.Add(1)
	go func(n int) {
		defer other.Done()
		job(n)
	}(*first)
}

// The index is the goroutine's own.
func ofEach(groups []sync.WaitGroup, job func()) {
	for i := range groups {
		go func(i int) {
			groups[i].Add(1)
			defer groups[i].Done()
			job()
		}(len(groups) - 1 - i)
	}
}

// A panic of the Add would be recovered here, but not outside.
func recovered(wg *sync.WaitGroup, job func()) {
	wg.Add(1)
	go func() {
		defer func() { _ = recover() }()
		defer wg.Done()
		job()
	}()
}

// What is added before is for the goroutine that is started there.
func addedForAnother(jobs []func(), report func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		report()
	}()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

// Nobody would take off the count what it had added when it returns.
func left(wg *sync.WaitGroup, job func()) {
	go func() {
		if job == nil {
			return
		}
		wg.Add(1)
		defer wg.Done()
		job()
	}()
}

func doneAnyway(wg *sync.WaitGroup, job func()) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		if job == nil {
			return
		}
		job()
	}()
}
