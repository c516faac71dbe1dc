// No findings.

package waitgroupaddinside

import (
	"os"
	"sync"
	"sync/atomic"
)

func before(jobs []func()) {
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

// The goroutine is counted outside; inside it counts others.
func nested(jobs []func()) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				job()
			}()
		}
	}()
	wg.Wait()
}

func ownGroup(jobs []func()) {
	go func() {
		var wg sync.WaitGroup
		wg.Add(len(jobs))
		for _, job := range jobs {
			go func() {
				defer wg.Done()
				job()
			}()
		}
		wg.Wait()
	}()
}

func notStarted(wg *sync.WaitGroup) {
	count := func() {
		wg.Add(1)
		defer wg.Done()
	}
	count()
}

func counters(n *atomic.Int64) {
	go func() {
		n.Add(1)
		defer n.Add(-1)
	}()
}

type group struct{}

func (group) Add(int) {}
func (group) Done()   {}

func otherGroup(wg group) {
	go func() {
		wg.Add(1)
		defer wg.Done()
	}()
}

func passedAndCounted(jobs []func()) {
	var group sync.WaitGroup
	group.Add(1)
	go func(wg *sync.WaitGroup) {
		defer wg.Done()
		for _, job := range jobs {
			wg.Add(1)
			go func() {
				defer wg.Done()
				job()
			}()
		}
	}(&group)
	group.Wait()
}

// Until it is told to stop, there is nothing to wait for.
func stopped(signals chan os.Signal, stop func()) {
	var group sync.WaitGroup
	go func() {
		<-signals
		group.Add(1)
		defer group.Done()
		stop()
	}()
	group.Wait()
}

// The second goroutine is counted too, by what is added for both.
func addedForBoth(report func(), job func(*sync.WaitGroup)) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		report()
	}()
	go func() {
		wg.Add(1)
		go job(&wg)
		wg.Done()
	}()
	wg.Wait()
}

// Whoever waits takes nothing of the count.
func addedBehindWait(closed chan int, job func(*sync.WaitGroup)) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		wg.Wait()
		close(closed)
	}()
	go func() {
		wg.Add(1)
		go job(&wg)
		wg.Done()
	}()
}
