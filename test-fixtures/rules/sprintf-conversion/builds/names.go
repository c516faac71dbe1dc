//go:build names

package builds

func (k badKind) String() string { return "kind" }
