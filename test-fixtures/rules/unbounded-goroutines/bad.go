//go:build !fixed

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
	for _, entry := range entries {
		wg.Add(1)
		// want unbounded-goroutines "each element of entries, and nothing limits.*calls of os.Remove are under way"
		go func() {
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
		// want unbounded-goroutines "limits"
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
	for key := range all {
		// want unbounded-goroutines "calls of s.fetch are "
		wg.Go(func() {
			s.fetch(ctx, key)
		})
	}
	wg.Wait()
	return nil
}

// Every line gets a goroutine, for as long as lines come.
func lines(input *bufio.Scanner) {
	for input.Scan() {
		url := input.Text()
		// want unbounded-goroutines "each element of input, "
		go func() {
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
		// want unbounded-goroutines "each element of names"
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
		// want unbounded-goroutines "each element of order.Names"
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

func handleForm(w http.ResponseWriter, r *http.Request) {
	var wg sync.WaitGroup
	for _, name := range r.URL.Query()["name"] {
		// want unbounded-goroutines "calls of remove "
		wg.Go(func() {
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
		// want unbounded-goroutines "calls of c.Delete are"
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
		// want unbounded-goroutines "each element of all.Items"
		wg.Go(func() { remove(name) })
	}
	wg.Wait()
}

func (s *server) Answer(ctx context.Context, m *message) error {
	var wg sync.WaitGroup
	for _, name := range m.GetNames() {
		// want unbounded-goroutines "each element of m.GetNames"
		wg.Go(func() {
			remove(name)
		})
	}
	wg.Wait()
	return nil
}

func queued(names chan string) {
	for name := range names {
		// want unbounded-goroutines "calls of remove are under way"
		go remove(name)
	}
}

// The limit holds for both loops.
func nested(all map[string][]string) {
	var wg sync.WaitGroup
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
			// want unbounded-goroutines "each element of files"
			wg.Go(func() {
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
		// want unbounded-goroutines "elements"
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
