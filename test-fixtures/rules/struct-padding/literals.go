// Found, but without a fix: the order is used.

package structpadding

// want struct-padding "literalPair takes 24 bytes"
type literalPair struct {
	on    bool
	value float64
	off   bool
}

var literalPairs = append([]literalPair(nil), literalPair{true, 1, false})

// want struct-padding "convertedPair takes 24 bytes"
type convertedPair struct {
	on    bool
	value float64
	off   bool
}

var convertedPairs = append([]convertedPair(nil), convertedPair(literalPairs[0]))

// want struct-padding "floatingPair takes 24 bytes"
type floatingPair struct {
	on bool

	// A comment of its own.

	value float64
	off   bool
}

var floatingPairs []floatingPair
