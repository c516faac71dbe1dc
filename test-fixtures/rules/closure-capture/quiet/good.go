package quiet

import "sync"

// The goroutine takes far more.
func start(path string) {
	go func() {
		println(path)
	}()
	path = "/"
	println(path)
}

// A result is there to be shared.
func first(names []string) (found string) {
	done := make(chan bool)
	for _, name := range names {
		go func() {
			found = name
			done <- true
		}()
	}
	<-done
	return found
}

func wait(path string) {
	var group sync.WaitGroup
	group.Go(func() {
		println(path)
	})
	path = "/"
	println(path)
	group.Wait()
}

// Once, when the program starts.
func setupNames(names []string, seen map[string]int, keep func(func(string))) {
	for range names {
		keep(func(name string) { seen[name]++ })
	}
}

// Beside a goroutine its literal is little.
func work(jobs chan func()) {
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for job := range jobs {
				job()
			}
		})
	}
	group.Wait()
}
