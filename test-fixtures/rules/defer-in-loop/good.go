// No findings.

package deferinloop

import (
	"context"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

func functionPerTurn(names []string, w io.Writer) {
	for _, name := range names {
		func() {
			f, err := os.Open(name)
			if err != nil {
				return
			}
			defer f.Close()
			io.Copy(w, f)
		}()
	}
}

func goroutinePerTurn(names []string, w io.Writer) {
	for _, name := range names {
		go func() {
			f, err := os.Open(name)
			if err == nil {
				defer f.Close()
				io.Copy(w, f)
			}
		}()
	}
}

func returnsInTheTurn(names []string) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		use(f)
		return nil
	}
	return os.ErrNotExist
}

func leavesInTheTurn(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err == nil {
			defer f.Close()
			use(f)
			break
		}
	}
}

func leavesTheOuterLoop(groups [][]string) {
outer:
	for _, group := range groups {
		for _, name := range group {
			f, err := os.Open(name)
			if err == nil {
				defer f.Close()
				use(f)
				break outer
			}
		}
	}
}

func fewTurns() {
	for _, name := range []string{"a", "b"} {
		f, err := os.Open(name)
		if err == nil {
			defer f.Close()
			use(f)
		}
	}
	for i := 0; i < 3; i++ {
		f, err := os.Open("c")
		if err == nil {
			defer f.Close()
			use(f)
		}
	}
}

// Contexts are cancel-in-loop's.
func contexts(parent context.Context, names []string) {
	for range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		defer cancel()
		<-ctx.Done()
	}
}

func contextsInLiteral(parent context.Context, names []string) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(parent, time.Second)
		f, _ := os.Open(name)
		defer func() {
			cancel()
			f.Close()
		}()
		<-ctx.Done()
	}
}

func usedAfterTheLoop(names []string) io.Reader {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		readers = append(readers, f)
	}
	all, _ := io.ReadAll(io.MultiReader(readers...))
	_ = all
	return nil
}

func madeFromIt(names []string) {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		readers = append(readers, io.LimitReader(f, 10))
	}
	io.Copy(io.Discard, io.MultiReader(readers...))
}

func lastOne(names []string) {
	var f *os.File
	for _, name := range names {
		var err error
		f, err = os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
	}
	use(f)
}

func handedToGoroutine(names []string, wg *sync.WaitGroup) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		go use(f)
	}
	wg.Wait()
}

func elements(files []*os.File) {
	for _, f := range files {
		defer f.Close()
	}
	for i := range files {
		defer files[i].Close()
	}
}

func locks(counters []*counter) {
	for _, c := range counters {
		c.mu.Lock()
		defer c.mu.Unlock()
	}
}

func restored(values map[string]string) {
	for key, value := range values {
		old := os.Getenv(key)
		os.Setenv(key, value)
		defer os.Setenv(key, old)
	}
}

func replace(target *int, value int) func() {
	old := *target
	*target = value
	return func() { *target = old }
}

func undone(targets []*int) {
	for _, target := range targets {
		restore := replace(target, 1)
		defer restore()
		defer replace(target, 2)()
	}
}

func accepted(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			continue
		}
		defer conn.Close()
		conn.Write(nil)
		return nil
	}
}

type other struct{}

func (other) Lock()   {}
func (other) Unlock() {}

func notALock(o other, names []string) {
	for range names {
		o.Lock()
		defer o.Unlock()
	}
}

func onceForAllTurns(names []string) {
	var f *os.File
	for _, name := range names {
		if f == nil {
			f, _ = os.Open(name)
			defer f.Close()
		}
		use(f)
	}
}

func closedInTheTurn(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		closed := false
		defer func() {
			if !closed {
				_ = f.Close()
			}
		}()
		use(f)
		closed = f.Close() == nil
	}
}

func addresses(n int) ([]string, error) {
	var all []string
	for i := 0; i < n; i++ {
		l, err := net.Listen("tcp", "localhost:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		all = append(all, l.Addr().String())
	}
	return all, nil
}

func (c *counter) acquire(name string) (io.Closer, error) {
	return os.Open(name)
}

func lockedByName(c *counter, names []string) error {
	for _, name := range names {
		lock, err := c.acquire(name)
		if err != nil {
			return err
		}
		defer lock.Close()
	}
	return nil
}

func onceByTest(jobs <-chan string, open func() *os.File) {
	var log *os.File
	for job := range jobs {
		if log == nil {
			log = open()
			defer log.Close()
		}
		log.WriteString(job)
	}
}

func decidedAtTheEnd(names []string) (err error) {
	for _, name := range names {
		f, openErr := os.Create(name)
		if openErr != nil {
			return openErr
		}
		defer func() {
			if err != nil {
				f.Truncate(0)
			}
		}()
		if err = f.Sync(); err != nil {
			return err
		}
	}
	return nil
}

func (c *counter) limit() int { return len(c.n) }

func (c *counter) setLimit(int) {}

func putBack(names []string, find func(string) *counter) {
	for _, name := range names {
		c := find(name)
		old := c.limit()
		defer c.setLimit(old)
	}
}

func fewNames() {
	names := []string{"a", "b"}
	for _, name := range names {
		f, err := os.Open(name)
		if err == nil {
			defer f.Close()
			use(f)
		}
	}
}

func captured(names []string, run func(func())) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		run(func() { use(f) })
	}
}

func lockedOnce(c *counter, names []string) {
	isLocked := false
	for _, name := range names {
		if !isLocked {
			c.mu.Lock()
			defer c.mu.Unlock()
			isLocked = true
		}
		c.n[name]++
	}
}

type subscription struct{ n int }

func (s *subscription) stop()                { s.n = 0 }
func (s *subscription) setReadOnly(is bool)  {}
func subscribe(name string) *subscription    { return &subscription{len(name)} }
func isSetUp(s *subscription, n string) bool { return s.n == len(n) }

// The subscriptions are for what comes after the loop.
func subscribed(names []string, work func()) {
	for _, name := range names {
		s := subscribe(name)
		if s == nil {
			return
		}
		defer s.stop()
	}
	work()
}

// What is set back was set until all are set up.
func readOnly(names []string) bool {
	for _, name := range names {
		s := subscribe(name)
		s.setReadOnly(true)
		defer s.setReadOnly(false)
		if !isSetUp(s, name) {
			return false
		}
	}
	return true
}

// The first state is entered once.
func states(name string, next func(int) int) error {
	state := 0
	for state < 9 {
		switch state {
		case 0:
			f, err := os.Open(name)
			if err != nil {
				return err
			}
			defer f.Close()
			use(f)
			state = next(state)
		default:
			state = next(state)
		}
	}
	return nil
}

func withLease(name string) (*subscription, error) { return subscribe(name), nil }

// Leases last until what they hold has got a name, after the loop.
func leased(names []string, fetch func(string), name func()) error {
	for _, each := range names {
		lease, err := withLease(each)
		if err != nil {
			return err
		}
		defer lease.stop()
		fetch(each)
	}
	name()
	return nil
}
