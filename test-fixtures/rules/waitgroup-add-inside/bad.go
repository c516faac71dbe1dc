//go:build !fixed

package waitgroupaddinside

import "sync"

func first(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want waitgroup-add-inside "finds the counter without it, returns, and races with wg.Add"
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}

func afterDefer(wg *sync.WaitGroup, job func()) {
	go func() {
		defer wg.Done()
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		job()
	}()
}

type pool struct {
	sync.WaitGroup
	workers sync.WaitGroup
}

func (p *pool) run(job func(int)) {
	for i := 0; i < 3; i++ {
		go func(i int) {
			p.workers.Add(1) // want waitgroup-add-inside "races with p.workers.Add"
			job(i)
			p.workers.Done()
		}(i)
	}
	p.workers.Wait()
}

func (p *pool) embedded(job func()) {
	go func() {
		p.Add(1) // want waitgroup-add-inside "races with p.Add"
		defer p.Done()
		job()
	}()
	p.Wait()
}

func doneElsewhere(wg *sync.WaitGroup, job func(*sync.WaitGroup)) {
	go func() {
		// counted here
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		job(wg)
	}()
}

func later(wg *sync.WaitGroup, prepare, job func()) {
	go func() {
		prepare()
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		defer wg.Done()
		job()
	}()
}

func computed(wg *sync.WaitGroup, count func() int, job func()) {
	go func() {
		wg.Add(count()) // want waitgroup-add-inside "in a goroutine of its own"
		job()
	}()
}

func argumentsWithCalls(wg *sync.WaitGroup, next func() int, job func(int)) {
	go func(n int) {
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		defer wg.Done()
		job(n)
	}(next())
}

func forAnother(wg *sync.WaitGroup, job func()) {
	go func() {
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
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
			wg.Add(1) // want waitgroup-add-inside "races with wg.Add"
			defer wg.Done()
			job(i)
		}(i, &group)
	}
	group.Wait()
}

// Where an argument panics nothing is started, so that nothing may be counted.
func argumentsThatPanic(xs []int, first *int, job func(int)) {
	var wg, other sync.WaitGroup
	go func(n int) {
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		defer wg.Done()
		job(n)
	}(xs[3])
	go func(n int) {
		other.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		defer other.Done()
		job(n)
	}(*first)
}

// The index is the goroutine's own.
func ofEach(groups []sync.WaitGroup, job func()) {
	for i := range groups {
		go func(i int) {
			groups[i].Add(1) // want waitgroup-add-inside "in a goroutine of its own"
			defer groups[i].Done()
			job()
		}(len(groups) - 1 - i)
	}
}

// A panic of the Add would be recovered here, but not outside.
func recovered(wg *sync.WaitGroup, job func()) {
	go func() {
		defer func() { _ = recover() }()
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
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
		go func() {
			wg.Add(1) // want waitgroup-add-inside "races with wg.Add"
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
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		defer wg.Done()
		job()
	}()
}

func doneAnyway(wg *sync.WaitGroup, job func()) {
	go func() {
		defer wg.Done()
		if job == nil {
			return
		}
		wg.Add(1) // want waitgroup-add-inside "in a goroutine of its own"
		job()
	}()
}
