// Package errgroup stands for the one of that path, which is known by its name.
package errgroup

// Group has the methods that the rule knows.
type Group struct{ limit int }

// Go would start a goroutine.
func (g *Group) Go(f func() error) { go f() }

// SetLimit would set a limit.
func (g *Group) SetLimit(n int) { g.limit = n }

// Wait would wait for all goroutines.
func (g *Group) Wait() error { return nil }
