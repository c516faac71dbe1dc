//go:build names

package builds

type ownerName string

func (ownerName) String() string { return "somebody" }

var owner ownerName

func (k badKind) String() string { return "kind" }
