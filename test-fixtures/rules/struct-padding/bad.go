//go:build !fixed

package structpadding

import "sync"

// want struct-padding "badEntry takes 24 bytes \(1 c[a]che line\), 14 of them .* between its fields; in another order 16 \(1 c[a]che line\). Each element"
type badEntry struct {
	live  bool
	key   uint64
	dirty bool
}

var badTable []badEntry

// Comments and tags go with their fields, groups stay.
// want struct-padding "badUser takes 96 bytes \(2 c[a]che lines\).*in another order 80 \(2 c[a]che lines\)"
type badUser struct {
	// Name is what others see.
	Name   string `json:"name"` // unique
	Admin  bool   `json:"admin"`
	Visits int64  `json:"visits"`

	// Guards what follows.
	mu      sync.Mutex
	friends []*badUser
	deleted bool
	age, of int32 // in years

	*badEntry // embedded
	Limits    struct {
		low bool
	} `json:"limits"`
}

var badUsers map[string]badUser

// Not one move alone.
// want struct-padding "badFlags takes 64 bytes .* in another order 40"
type badFlags struct {
	a bool
	b int64
	c bool
	d int64
	e bool
	f int64
	g bool
	h int64
}

func badAllocated(n int, use func(*badFlags)) {
	for range n {
		use(&badFlags{a: true})
	}
}

// What has no size costs a byte at the end.
// want struct-padding "badMarked takes 24 bytes"
type badMarked struct {
	name string
	_    struct{}
}

var badQueue = make(chan badMarked, 100)

// The collector looks past the numbers.
// want struct-padding "the garbage collector looks at the first 136 bytes of each badWindow, up to the last pointer \(3 c[a]che lines\); with the fields without pointers behind the others at 8 \(1 c[a]che line\)"
type badWindow struct {
	counts [16]uint64
	next   *badWindow
}

var badWindows [64]badWindow

type (
	// want struct-padding "badGrouped takes 24"
	badGrouped struct {
		on    bool
		value float64
		off   bool
	}
)

var badPointers = map[int]*badPointed{}

// want struct-padding "badPointed takes 40 bytes .* in another order 32 .* allocations come in fixed sizes"
type badPointed struct {
	on    bool
	value float64
	name  string
	off   bool
}

func badUse() ([]badGrouped, *badPointed) { return nil, badPointers[0] }

// A capacity says nothing of how many will come.
// want struct-padding "badMade takes 24 bytes"
type badMade struct {
	on    bool
	value float64
	off   bool
}

func badMake(more []float64) []badMade {
	made := make([]badMade, 0, 2)
	for _, value := range more {
		made = append(made, badMade{value: value})
	}
	return made
}

// What a service answers is no configuration, whatever else may read it.
// want struct-padding "badAnswer takes 24 bytes"
type badAnswer struct {
	On    bool    `json:"on" yaml:"on"`
	Value float64 `json:"value" yaml:"value"`
	Off   bool    `json:"off" yaml:"off"`
}

var badAnswers []badAnswer
