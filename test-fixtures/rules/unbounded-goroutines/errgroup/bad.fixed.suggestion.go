//go:build fixed && suggestion

package errgroup

import (
	"os"
	"runtime"
)

func removed(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var g Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, entry := range entries {
		g.Go(func() error { return os.Remove(entry.Name()) })
	}
	return g.Wait()
}
