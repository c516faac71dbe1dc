// Package worth reads the files of a directory at once.
package worth

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

const (
	directory = "files"
	files     = 512
	size      = 1 << 16
)

func init() {
	if err := os.MkdirAll(directory, 0o700); err != nil {
		panic(err)
	}
	for i := range files {
		if err := os.WriteFile(filepath.Join(directory, fmt.Sprint(i)), make([]byte, size), 0o600); err != nil {
			panic(err)
		}
	}
}

func Work() {
	entries, err := os.ReadDir(directory)
	if err != nil {
		panic(err)
	}
	var wg sync.WaitGroup
	for _, entry := range entries {
		wg.Add(1)
		go func() {
			defer wg.Done()
			os.ReadFile(filepath.Join(directory, entry.Name()))
		}()
	}
	wg.Wait()
}
