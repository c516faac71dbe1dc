//go:build fixed && suggestion

package structpadding

import "sync"

type badEntry struct {
	key   uint64
	live  bool
	dirty bool
}

var badTable []badEntry

// Comments and tags go with their fields, groups stay.
type badUser struct {
	// Name is what others see.
	Name   string `json:"name"` // unique
	Visits int64  `json:"visits"`

	// Guards what follows.
	mu      sync.Mutex
	friends []*badUser
	Admin   bool `json:"admin"`
	deleted bool
	age, of int32 // in years

	Limits struct {
		low bool
	} `json:"limits"`
	*badEntry // embedded
}

var badUsers map[string]badUser

// Not one move alone.
type badFlags struct {
	b int64
	a bool
	c bool
	e bool
	g bool
	d int64
	f int64
	h int64
}

func badAllocated(n int, use func(*badFlags)) {
	for range n {
		use(&badFlags{a: true})
	}
}

// What has no size costs a byte at the end.
type badMarked struct {
	_    struct{}
	name string
}

var badQueue = make(chan badMarked, 100)

// The collector looks past the numbers.
type badWindow struct {
	next   *badWindow
	counts [16]uint64
}

var badWindows [64]badWindow

type (
	badGrouped struct {
		value float64
		on    bool
		off   bool
	}
)

var badPointers = map[int]*badPointed{}

type badPointed struct {
	value float64
	name  string
	on    bool
	off   bool
}

func badUse() ([]badGrouped, *badPointed) { return nil, badPointers[0] }

// A capacity says nothing of how many will come.
type badMade struct {
	value float64
	on    bool
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
type badAnswer struct {
	Value float64 `json:"value" yaml:"value"`
	On    bool    `json:"on" yaml:"on"`
	Off   bool    `json:"off" yaml:"off"`
}

var badAnswers []badAnswer
