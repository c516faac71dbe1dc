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

// One variable for all iterations, each of which starts a goroutine.
func startEach(names []string, path string) {
	if path == "" {
		path = "/"
	}
	for _, name := range names {
		go func() {
			println(name, path)
		}()
	}
}

type workers interface {
	Start(task func())
	Submit(task func())
}

func submitEach(pool workers, names []string, path string) {
	if path == "" {
		path = "/"
	}
	for _, name := range names {
		pool.Submit(func() {
			println(name, path)
		})
	}
}

type config struct{ name string }

func (c *config) fill() {
	for c.name == "" {
		c.name = "-"
	}
}

// Options are made when something is set up.
func withDefaults(c config) func(*config) {
	c.fill()
	return func(given *config) { given.name = c.name }
}

type callOption interface{ apply(name string) }

type optionFunc func(name string)

func (f optionFunc) apply(name string) { f(name) }

func withConfig(c config) callOption {
	c.fill()
	return optionFunc(func(name string) { println(name, c.name) })
}

// An error is seldom there.
func failing(open func() error, keep func(func() string)) {
	err := open()
	if err == nil {
		err = open()
	}
	for i := range 9 {
		keep(func() string { println(i); return err.Error() })
	}
}

func poolEach(pool workers, names []string) {
	for range names {
		pool.Start(func() { println(len(names)) })
	}
}
