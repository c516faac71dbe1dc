// No findings here.

package capture

import (
	"io"
	"sync"
	"testing"
)

func goodCopied(names []string, run func(string)) {
	for _, name := range names {
		name := name
		go func() {
			run(name)
		}()
	}
}

func goodArgument(names []string, run func(string)) {
	for _, name := range names {
		go func(name string) {
			run(name)
		}(name)
	}
}

func goodCalledAtOnce(names []string, run func(string)) {
	for _, name := range names {
		func() {
			run(name)
		}()
	}
}

func goodLocal(names []string, run func(string)) {
	for _, name := range names {
		call := func() { run(name) }
		call()
	}
}

func goodWaits(names []string, run func(string)) {
	for _, name := range names {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			run(name)
		}()
		wg.Wait()
	}
}

func goodReceives(names []string, run func(string) error) error {
	for _, name := range names {
		done := make(chan error)
		go func() {
			done <- run(name)
		}()
		if err := <-done; err != nil {
			return err
		}
	}
	return nil
}

func goodLeaves(names []string) func() string {
	for _, name := range names {
		if name != "" {
			return func() string { return name }
		}
	}
	return nil
}

func goodBreaks(names []string) (found func() string) {
	for _, name := range names {
		if name != "" {
			found = func() string { return name }
			break
		}
	}
	return found
}

func goodSubtests(t *testing.T, names []string) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			if name == "" {
				t.Fatal("empty")
			}
		})
	}
}

func goodOuterVariable(names []string, prefix string, run func(string)) {
	for range names {
		go func() {
			run(prefix)
		}()
	}
}

var current func() string

// Each iteration replaces what the last one stored.
func goodReplaced(names []string, use func()) {
	for _, name := range names {
		current = func() string { return name }
		use()
	}
}

func goodShadowed(names []string, run func(string)) {
	for i, name := range names {
		println(i, name)
		go func() {
			name := "other"
			run(name)
		}()
	}
}

func goodPassed(names []string, each func(func() string)) {
	for _, name := range names {
		each(func() string { return name })
	}
}

type reader func() string

func (r reader) read() string { return r() }

var source interface{ read() string }

// A conversion holds the literal and nothing else.
func goodReplacedConverted(names []string, use func()) {
	for _, name := range names {
		source = reader(func() string { return name })
		use()
	}
}

// Who gets the channel may wait at it.
func goodWaitsInCall(names []string, run func(string) error, wait func(<-chan error) error) error {
	for _, name := range names {
		done := make(chan error)
		go func() {
			done <- run(name)
		}()
		if err := wait(done); err != nil {
			return err
		}
	}
	return nil
}

// Who reads to the end has waited for what is written.
func goodPipe(names []string, read func(io.Reader)) {
	for _, name := range names {
		in, out := io.Pipe()
		go func() {
			io.WriteString(out, name)
			out.Close()
		}()
		read(in)
	}
}

type command struct{ in io.Reader }

func goodPipeInField(names []string, run func(command)) {
	for _, name := range names {
		in, out := io.Pipe()
		go func() {
			io.WriteString(out, name)
			out.Close()
		}()
		var c command
		c.in = in
		run(c)
	}
}
