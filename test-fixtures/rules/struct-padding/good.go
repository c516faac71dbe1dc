// No findings.

package structpadding

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

type goodEntry struct {
	key   uint64
	live  bool
	dirty bool
}

var goodTable []goodEntry

// There is one of it.
type goodConfig struct {
	verbose bool
	limit   int64
	strict  bool
}

var goodSettings goodConfig

// Once per call: the loop ends with it.
func goodOnce(n int) *goodConfig {
	for i := range n {
		if i > 2 {
			return &goodConfig{limit: 1}
		}
	}
	return nil
}

// Kept by pointers, and 40 bytes take as many as 48 on the heap.
type goodRounded struct {
	on    bool
	value [4]int64
	off   bool
}

var goodPointers []*goodRounded

// Pads are meant.
type goodPadded struct {
	on    bool
	_     [7]byte
	value float64
	off   bool
}

var goodPads []goodPadded

// goodSpoken is aligned for the vector unit.
type goodSpoken struct {
	on    bool
	value float64
	off   bool
}

var goodSpokens []goodSpoken

// Its memory is read.
type goodMapped struct {
	on    bool
	value float64
	off   bool
}

var goodMappeds []goodMapped

func goodMap(p unsafe.Pointer) *goodMapped { return (*goodMapped)(p) }

type goodMeasured struct {
	on    bool
	value float64
	off   bool
}

var goodMeasureds []goodMeasured

const goodMeasure = unsafe.Sizeof(goodMeasured{})

// 64-bit counters come first on purpose.
type goodCounter struct {
	hits   int64
	name   string
	live   bool
	misses *int64
	dirty  bool
}

var goodCounters []goodCounter

func goodCount(c *goodCounter) { atomic.AddInt64(&c.hits, 1) }

// A twentieth is too little.
type goodLarge struct {
	live bool
	data [40]*int
	last bool
}

var goodLarges []goodLarge

// Beside a lock it is another matter.
type goodShard struct {
	counts [16]uint64
	mu     sync.Mutex
	first  *goodEntry
}

var goodShards []goodShard

// Its size depends on the argument.
type goodGeneric[T any] struct {
	live  bool
	value T
	dirty bool
}

var goodGenerics []goodGeneric[int64]

// Nobody else sees it.
func goodLocal() int {
	type local struct {
		live  bool
		value int64
		dirty bool
	}
	return len([]local{{live: true}})
}

// Tables and short arrays are not many.
type goodCase struct {
	on    bool
	value float64
	off   bool
}

var goodCases = []goodCase{{on: true}, {value: 1}}

var goodFew [4]goodCase

// Written field by field, without names.
//
//msgp:tuple goodTuple
type goodTuple struct {
	on    bool
	value float64
	off   bool
}

var goodTuples []goodTuple

// The length of two says how many there are.
type goodPair struct {
	on    bool
	value float64
	off   bool
}

func goodMake(i int) goodPair {
	pairs := make([]goodPair, 2)
	return pairs[i]
}

// goodLinked is one of the tables that are filled in by the linker.
type goodLinked struct {
	on    bool
	value float64
	off   bool
}

var goodLinkeds []goodLinked

// Tests keep some of it, wherever their helpers lie: support.go.
type goodRun struct {
	on    bool
	value float64
	off   bool
}

// A map that is written out is a table too.
type goodUnit struct {
	on    bool
	value float64
	off   bool
}

var goodUnits = map[string]goodUnit{"": {}, "m": {value: 1}}

// Somebody has to write each of them.
type goodServerOptions struct {
	on    bool
	value float64
	off   bool
}

var goodServers []goodServerOptions

type goodInput struct {
	On    bool    `toml:"on"`
	Value float64 `toml:"value"`
	Off   bool    `toml:"off"`
}

var goodInputs []goodInput

// Part of what is read.
type goodRoute struct {
	on    bool
	value float64
	off   bool
}

type goodRouter struct {
	Routes []goodRoute `yaml:"routes"`
}

// Registered when the program starts.
type goodCommand struct {
	on    bool
	run   func()
	value float64
	name  string
	off   bool
}

var goodCommands = map[string]*goodCommand{}

// Few hold a lock.
type goodWorker struct {
	on    bool
	mu    *sync.Mutex
	guard sync.Mutex
	name  string
	off   bool
}

var goodWorkers = map[string]*goodWorker{}

// One at a time comes through.
type goodMessage struct {
	on    bool
	value float64
	name  string
	off   bool
}

var goodMessages chan *goodMessage

var goodAnswers = make(chan goodMessage, 1)

// Without a buffer a channel keeps none.
type goodRequest struct {
	on   bool
	size float64
	off  bool
}

type goodServer struct{ requests chan goodRequest }

func (s *goodServer) serve() {
	s.requests = make(chan goodRequest)
	for range s.requests {
	}
}

// There are few errors.
type goodFailure struct {
	on   bool
	size float64
	off  bool
}

func (f goodFailure) Error() string { return "failed" }

var goodFailures []goodFailure

type goodSignError struct {
	on   bool
	size float64
	off  bool
}

var goodSignErrors []goodSignError

// Elements of a document come in the order of the fields.
type goodElement struct {
	Bold bool    `xml:"b"`
	Size float64 `xml:"sz"`
	Wrap bool    `xml:"wrap"`
}

var goodElements []goodElement
