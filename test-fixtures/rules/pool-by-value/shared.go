// What bad.go and good.go share. No findings.

package poolbyvalue

import "sync"

type scanner struct {
	line  int
	words []string
}

type handle struct{ at *scanner }

type holder struct {
	free sync.Pool
}

type embedding struct {
	sync.Pool
}

func fill(b []byte) []byte { return append(b, 'x') }
