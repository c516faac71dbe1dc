//go:build !fixed

package capture

import (
	"io"
	"sync"
	"testing"
)

func goroutine(names []string, run func(string)) {
	for _, name := range names {
		go func() {
			run(name) // want loop-variable-capture "goroutine uses the loop variable name,"
		}()
	}
}

func bothVariables(names []string, run func(int, string)) {
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			run(i, name) // want loop-variable-capture "the loop variables i and name, .*i, name := i, name"
		}()
	}
	wg.Wait()
}

func counted(n int, run func(int)) {
	for i := 0; i < n; i++ {
		defer func() {
			run(i) // want loop-variable-capture "deferred call uses the loop variable i,"
		}()
	}
}

func stored(names []string) (all []func() string) {
	for _, name := range names {
		all = append(all, func() string { return name }) // want loop-variable-capture "kept after the iteration"
	}
	return all
}

type job struct{ run func() string }

func storedInLiteral(names []string) []*job {
	var jobs []*job
	for _, name := range names { // the names
		one := &job{run: func() string { return name }} // want loop-variable-capture "kept after the iteration"
		jobs = append(jobs, one)
	}
	return jobs
}

func storedInMap(names []string) map[string]func() string {
	byName := make(map[string]func() string)
	for _, name := range names {
		byName[name] = func() string { return name } // want loop-variable-capture "."
	}
	return byName
}

func sent(names []string, work chan<- func() string) {
	for _, name := range names {
		work <- func() string { return name } // want loop-variable-capture "kept after the iteration"
	}
}

func localFirst(names []string, run func(string)) {
	for _, name := range names {
		start := func() {
			run(name) // want loop-variable-capture "goroutine"
		}
		go start()
	}
}

func asArgument(names []string, spawn func(func())) {
	for _, name := range names {
		go spawn(func() {
			println(name) // want loop-variable-capture "goroutine"
		})
	}
}

func subtests(t *testing.T, names []string) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "" { // want loop-variable-capture "subtest"
				t.Fatal("empty")
			}
		})
	}
}

func nestedLoops(rows [][]string, run func(int, string)) {
	for i, row := range rows {
		for _, cell := range row {
			go func() {
				run(i, cell) // want loop-variable-capture "variable i," loop-variable-capture "variable cell,"
			}()
		}
	}
}

var hook func() string

func sometimesReplaced(names []string) {
	for _, name := range names {
		if name != "" {
			hook = func() string { return name } // want loop-variable-capture "kept after the iteration"
		}
	}
}

func notLastStatement(names []string, run func(string)) {
	for _, name := range names {
		go func() {
			run(name) // want loop-variable-capture "."
		}()
		println("started")
	}
}

// The channel is everybody's, so that nobody waits at it for this iteration's goroutine.
func sharedChannel(names []string, run func(string) error, watch func(<-chan error)) {
	done := make(chan error)
	for _, name := range names {
		go func() {
			done <- run(name) // want loop-variable-capture "."
		}()
		watch(done)
	}
}

func pipeReadLater(names []string, read func([]io.Reader)) {
	var all []io.Reader
	for _, name := range names {
		in, out := io.Pipe()
		all = append(all, in)
		go func() {
			io.WriteString(out, name) // want loop-variable-capture "."
			out.Close()
		}()
	}
	read(all)
}

func sometimesConverted(names []string) {
	for _, name := range names {
		if name != "" {
			source = reader(func() string { return name }) // want loop-variable-capture "kept after the iteration"
		}
	}
}
