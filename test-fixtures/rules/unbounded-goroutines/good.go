// No findings.

package unboundedgoroutines

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// Nobody knows how many: no evidence.
func given(names []string, files map[string][]string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { os.Remove(name) })
	}
	for _, name := range files["a"] {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

// As many as a pattern fits.
func found() []string {
	names, _ := filepath.Glob("*")
	return names
}

func withSemaphore() {
	names := found()
	var wg sync.WaitGroup
	tickets := make(chan struct{}, 8)
	for _, name := range names {
		tickets <- struct{}{}
		wg.Go(func() {
			defer func() { <-tickets }()
			os.Remove(name)
		})
	}
	wg.Wait()
}

func withSemaphoreInside() {
	names := found()
	var wg sync.WaitGroup
	tickets := make(chan struct{}, 8)
	for _, name := range names {
		wg.Go(func() {
			tickets <- struct{}{}
			defer func() { <-tickets }()
			os.Remove(name)
		})
	}
	wg.Wait()
}

func batches() {
	names := found()
	for len(names) > 0 {
		n := min(len(names), 16)
		var wg sync.WaitGroup
		for _, name := range names[:n] {
			wg.Go(func() { os.Remove(name) })
		}
		wg.Wait()
		names = names[n:]
	}
}

func few() {
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		wg.Go(func() { os.Remove(name) })
	}
	names := []string{"a", "b", "c"}
	for _, name := range names {
		wg.Go(func() { os.Remove(name) })
	}
	for i := 0; i < runtime.NumCPU(); i++ {
		wg.Go(func() { os.Remove("x") })
	}
	wg.Wait()
}

func measured() {
	names := found()
	if len(names) > 64 {
		return
	}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

// Given one by one.
func variadic(names ...string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

// Each is to be there at the same time.
func (s *store) serving(all []*server) {
	var wg sync.WaitGroup
	for _, each := range all {
		wg.Go(func() { each.Serve() })
	}
	for _, name := range s.names {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

func accepting(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			conn.Write([]byte("hello"))
		}()
	}
}

func connections(all chan net.Conn) {
	for conn := range all {
		go conn.Write(nil)
	}
}

// Nothing that outlasts the iteration: no file, no network.
func computed() {
	names := found()
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { names[i] = strings.ToUpper(name) })
	}
	wg.Wait()
}

// A goroutine that watches until it is told to stop.
func watching(ctx context.Context) {
	names := found()
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { watch(ctx, name) })
	}
	wg.Wait()
}

func watch(ctx context.Context, name string) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Second):
			os.Stat(name)
		}
	}
}

// The lock lets one work at a time.
func locked() {
	names := found()
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, name := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			os.Remove(name)
		})
	}
	wg.Wait()
}

// A page at a time.
func paged(ctx context.Context, c client) error {
	for after := ""; ; {
		objects, err := c.ListObjects(ctx, after)
		if err != nil {
			return err
		}
		var wg sync.WaitGroup
		for _, object := range objects.Items {
			wg.Go(func() { c.Delete(ctx, object) })
		}
		wg.Wait()
		if after = objects.Next; after == "" {
			return nil
		}
	}
}

// The first few of many.
func cut() {
	var wg sync.WaitGroup
	for _, name := range found()[:8] {
		wg.Go(func() { os.Remove(name) })
	}
	wg.Wait()
}

// Signals, ticks, work that is a function.
func told(signals chan os.Signal, ticks chan time.Time, tasks chan func()) {
	for range signals {
		go remove("a")
	}
	for range ticks {
		go remove("a")
	}
	for task := range tasks {
		go task()
	}
}

// Patterns that somebody has set up, what was loaded from files, and goroutines that nobody waits for.
func configured(patterns []string, load func(string) *server) {
	var wg sync.WaitGroup
	for _, pattern := range patterns {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			wg.Go(func() { os.Remove(name) })
		}
	}
	var servers []*server
	for _, name := range found() {
		servers = append(servers, load(name))
	}
	for _, each := range servers {
		wg.Go(func() { os.Remove(each.address) })
	}
	wg.Wait()
}

func started() {
	for _, name := range found() {
		go remove(name)
	}
}
