//go:build fixed && suggestion

package unboundedgoroutines

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// As many as the directory has files.
func removed(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, entry := range entries {
		wg.Add(1)
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			defer wg.Done()
			os.Remove(entry.Name())
		}()
	}
	wg.Wait()
	return nil
}

// Gathered in a walk, and gone over by the index.
func walked(root string) {
	var found []string
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			found = append(found, path)
		}
		return err
	})
	var wg sync.WaitGroup
	for i := 0; i < len(found); i++ {
		wg.Go(func() { remove(found[i]) })
	}
	wg.Wait()
}

// Rows of a query, through a function of the package and a map.
func (s *store) fetched(ctx context.Context, db *sql.DB) error {
	keys, err := s.keys(ctx, db)
	if err != nil {
		return err
	}
	all := map[string]bool{}
	for _, key := range keys {
		all[key] = true
	}
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for key := range all {
		sem <- struct{}{}
		wg.Go(func() {
			defer func() { <-sem }()
			s.fetch(ctx, key)
		})
	}
	wg.Wait()
	return nil
}

// Every line gets a goroutine, for as long as lines come.
func lines(input *bufio.Scanner) {
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for input.Scan() {
		url := input.Text()
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			if resp, err := http.Get(url); err == nil {
				resp.Body.Close()
			}
		}()
	}
}

// Lines of a file, handed to a function that nobody else calls.
func split(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	removeAll(strings.Split(strings.TrimSpace(string(text)), "\n"))
	return nil
}

func removeAll(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

// What a client sends.
func handle(w http.ResponseWriter, r *http.Request) {
	var order struct{ Names []string }
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
		return
	}
	var wg sync.WaitGroup
	for _, name := range order.Names {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

func handleForm(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, name := range r.URL.Query()["name"] {
		sem <- struct{}{}
		wg.Go(func() {
			defer func() { <-sem }()
			remove(name)
		})
	}
	wg.Wait()
}

// All that a service lists.
func listed(ctx context.Context, c client) error {
	objects, err := c.ListObjects(ctx, "")
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, object := range objects.Items {
		wg.Go(func() { c.Delete(ctx, object) })
	}
	wg.Wait()
	return nil
}

// A list that fills a variable.
func filled(ctx context.Context, c client) {
	var all page
	if c.List(ctx, &all) != nil {
		return
	}
	var wg sync.WaitGroup
	for _, name := range all.Items {
		wg.Go(func() { remove(name) })
	}
	wg.Wait()
}

func (s *server) Answer(ctx context.Context, m *message) error {
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, name := range m.GetNames() {
		sem <- struct{}{}
		wg.Go(func() {
			defer func() { <-sem }()
			remove(name)
		})
	}
	wg.Wait()
	return nil
}

func queued(names chan string) {
	for name := range names {
		go remove(name)
	}
}

// The limit holds for both loops.
func nested(all map[string][]string) {
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
again:
	for directory := range all {
		files, err := os.ReadDir(directory)
		if err != nil {
			continue again
		}
		for _, file := range files {
			if file.IsDir() {
				continue
			}
			sem <- struct{}{}
			wg.Go(func() {
				defer func() { <-sem }()
				remove(file.Name())
			})
		}
	}
	wg.Wait()
}

// What sends to the function could wait for it for ever: no fix.
func results(directory string) error {
	names, err := filepath.Glob(filepath.Join(directory, "*.tmp"))
	if err != nil {
		return err
	}
	errs := make(chan error)
	for _, name := range names {
		go func() {
			errs <- os.Remove(name)
		}()
	}
	for range names {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}
