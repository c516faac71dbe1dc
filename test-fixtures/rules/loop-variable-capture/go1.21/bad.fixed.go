//go:build fixed

package capture

import (
	"io"
	"sync"
	"testing"
)

func goroutine(names []string, run func(string)) {
	for _, name := range names {
		name := name
		go func() {
			run(name)
		}()
	}
}

func bothVariables(names []string, run func(int, string)) {
	var wg sync.WaitGroup
	for i, name := range names {
		i, name := i, name
		wg.Add(1)
		go func() {
			defer wg.Done()
			run(i, name)
		}()
	}
	wg.Wait()
}

func counted(n int, run func(int)) {
	for i := 0; i < n; i++ {
		i := i
		defer func() {
			run(i)
		}()
	}
}

func stored(names []string) (all []func() string) {
	for _, name := range names {
		name := name
		all = append(all, func() string { return name })
	}
	return all
}

type job struct{ run func() string }

func storedInLiteral(names []string) []*job {
	var jobs []*job
	for _, name := range names { // the names
		name := name
		one := &job{run: func() string { return name }}
		jobs = append(jobs, one)
	}
	return jobs
}

func storedInMap(names []string) map[string]func() string {
	byName := make(map[string]func() string)
	for _, name := range names {
		name := name
		byName[name] = func() string { return name }
	}
	return byName
}

func sent(names []string, work chan<- func() string) {
	for _, name := range names {
		name := name
		work <- func() string { return name }
	}
}

func localFirst(names []string, run func(string)) {
	for _, name := range names {
		name := name
		start := func() {
			run(name)
		}
		go start()
	}
}

func asArgument(names []string, spawn func(func())) {
	for _, name := range names {
		name := name
		go spawn(func() {
			println(name)
		})
	}
}

func subtests(t *testing.T, names []string) {
	for _, name := range names {
		name := name
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "" {
				t.Fatal("empty")
			}
		})
	}
}

func nestedLoops(rows [][]string, run func(int, string)) {
	for i, row := range rows {
		i := i
		for _, cell := range row {
			cell := cell
			go func() {
				run(i, cell)
			}()
		}
	}
}

var hook func() string

func sometimesReplaced(names []string) {
	for _, name := range names {
		name := name
		if name != "" {
			hook = func() string { return name }
		}
	}
}

func notLastStatement(names []string, run func(string)) {
	for _, name := range names {
		name := name
		go func() {
			run(name)
		}()
		println("started")
	}
}

// The channel is everybody's, so that nobody waits at it for this iteration's goroutine.
func sharedChannel(names []string, run func(string) error, watch func(<-chan error)) {
	done := make(chan error)
	for _, name := range names {
		name := name
		go func() {
			done <- run(name)
		}()
		watch(done)
	}
}

func pipeReadLater(names []string, read func([]io.Reader)) {
	var all []io.Reader
	for _, name := range names {
		name := name
		in, out := io.Pipe()
		all = append(all, in)
		go func() {
			io.WriteString(out, name)
			out.Close()
		}()
	}
	read(all)
}

func sometimesConverted(names []string) {
	for _, name := range names {
		name := name
		if name != "" {
			source = reader(func() string { return name })
		}
	}
}
