//go:build !fixed

package errgroup

import (
	"os"
)

func removed(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var g Group
	for _, entry := range entries {
		// want unbounded-goroutines "Call g.SetLimit before the loop"
		g.Go(func() error { return os.Remove(entry.Name()) })
	}
	return g.Wait()
}
