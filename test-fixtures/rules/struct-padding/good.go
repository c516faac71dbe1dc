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
