// Runs generated functions before and after their fixes on the same inputs and prints what differs: results with their
// nil-ness, panics, what became of the input, and how often memory was allocated.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"behaviour/input"
)

type function func(in *input.Input) any

// subject is one generated function in its two forms; the table of them is generated too.
type subject struct {
	name          string
	before, after function
}

// measured is what is said of every subject; of the allocations, those of the calm input come first if they are there.
type measured struct {
	Name   string       `json:"name"`
	Turns  int          `json:"turns"`
	Allocs [][2]float64 `json:"allocs"`
	// Calm tells whether the calm input is among them.
	Calm bool `json:"isCalm"`
	// Difference is empty where all runs agree.
	Difference string `json:"difference"`
}

const (
	measuredSeeds = 6
	runs          = 5
	retries       = 3
)

var kept any

// running is the name of the subject at work.
var running atomic.Value

func main() {
	seeds, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	debug.SetGCPercent(200)
	go guard()
	out := json.NewEncoder(os.Stdout)
	for _, s := range subjects {
		if err := out.Encode(judge(s, int64(seeds))); err != nil {
			panic(err)
		}
	}
}

// guard ends the program before a loop without an end takes the machine's memory.
func guard() {
	var memory runtime.MemStats
	for ; ; time.Sleep(50 * time.Millisecond) {
		runtime.ReadMemStats(&memory)
		if memory.HeapAlloc > 1<<30 {
			fmt.Fprintln(os.Stderr, "too much memory in", running.Load())
			os.Exit(3)
		}
	}
}

func judge(s subject, seeds int64) measured {
	running.Store(s.name)
	m := measured{Name: s.name, Allocs: [][2]float64{}}
	for seed := range seeds {
		old, turns, panics := run(s.before, seed)
		now, _, _ := run(s.after, seed)
		if old != now && m.Difference == "" {
			m.Difference = fmt.Sprintf("seed %d\nbefore: %s\nafter:  %s", seed, old, now)
		}
		if seed == input.Calm {
			m.Turns, m.Calm = turns, !panics
		}
		if seed < measuredSeeds && !panics {
			m.Allocs = append(m.Allocs, compared(s, seed))
		}
	}
	return m
}

// run tells everything that can be seen of a call.
func run(f function, seed int64) (seen string, turns int, panics bool) {
	in := input.New(seed)
	defer func() {
		turns = in.Turns
		if r := recover(); r != nil {
			seen, panics = fmt.Sprintf("panic %v, input %#v", r, *in), true
		}
	}()
	return fmt.Sprintf("%#v, input %#v", f(in), *in), 0, false
}

// compared counts the allocations of both forms, and again where they have risen: a map may allocate once more by chance.
func compared(s subject, seed int64) [2]float64 {
	before, after := allocs(s.before, seed), allocs(s.after, seed)
	for try := 0; try < retries && after > before; try++ {
		before, after = max(before, allocs(s.before, seed)), min(after, allocs(s.after, seed))
	}
	return [2]float64{before, after}
}

func allocs(f function, seed int64) float64 {
	return testing.AllocsPerRun(runs, func() { kept = f(input.New(seed)) })
}
