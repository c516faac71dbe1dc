//go:build !names

package builds

var owner = "nobody"
