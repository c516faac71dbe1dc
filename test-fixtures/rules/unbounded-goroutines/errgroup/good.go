// No findings.

package errgroup

import (
	"os"
)

func limited(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var g Group
	g.SetLimit(4)
	for _, entry := range entries {
		g.Go(func() error { return os.Remove(entry.Name()) })
	}
	return g.Wait()
}
