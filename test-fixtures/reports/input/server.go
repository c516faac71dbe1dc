// Package input is the code that the sample reports speak about.
package input

import (
	"context"
	"time"
)

// Load waits for the store at most a second.
func Load(parent context.Context, get func(context.Context) error) error {
	ctx, _ := context.WithTimeout(parent, time.Second)
	return get(ctx)
}

// Point is small.
type Point struct{ X, Y int }

var latest *Point

// Move remembers where it went.
func Move(p Point, dx int) {
	q := Point{p.X + dx, p.Y}
	keep(&q)
}

func keep(p *Point) { latest = p }
