package input

// Grid is an array that costs something to copy.
type Grid [64]int

// Set changes one of its numbers.
func (g *Grid) Set(i, x int) { g[i%len(g)] = x }

// Numbers is a grid that depends on the input.
func (in *Input) Numbers() (g Grid) {
	for i := range g {
		g[i] = i*3 + in.M
	}
	return g
}

// At is what lies behind a pointer.
func At(p any) any {
	switch p := p.(type) {
	case *Item:
		return *p
	case *[4]int:
		return *p
	case *int:
		return *p
	case *any:
		return *p
	case *[]int:
		return *p
	}
	return p == nil
}
