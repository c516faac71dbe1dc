// No findings.

package interfaceboxing

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"
)

type shade uint8

type empty struct{}

type handle struct{ p *job }

type verbosity struct{ debug bool }

func use(any) {}

func staysHere(v any) bool { return v == nil }

func neverRepeated(w io.Writer, n int) {
	fmt.Fprintf(w, "%d", n)
}

func pointers(jobs []*job, names map[string]int, done chan bool, f func()) {
	for _, j := range jobs {
		keep(j)
		keep(names)
		keep(done)
		keep(f)
		keep(handle{j})
	}
}

func constants(turns int) {
	const answer = 1 << 20
	limit := 1 << 20
	for range turns {
		keep(answer)
		keep("text")
		keep(4.5)
		keep(limit)
		keep(job{1, 2})
		keep(job{id: 300})
	}
}

func ready(turns []byte, shades []shade, flags []bool, numbers []int) {
	for i, b := range turns {
		keep(b)
		keep(int(b))
		keep(numbers[i] & 0xff)
	}
	for i := range shades {
		keep(shades[i])
		keep(flags[i])
		keep(empty{})
	}
	for i := range 200 {
		keep(i)
	}
	for i := 0; i < 256; i++ {
		keep(i)
	}
	for i := range [16]int{} {
		keep(i)
	}
}

func stays(jobs []job) int {
	count := 0
	for _, j := range jobs {
		use(j)
		if staysHere(j) {
			count++
		}
	}
	return count
}

func interfaces(values []any, failures []error) {
	for _, v := range values {
		keep(v)
	}
	for _, failure := range failures {
		keep(failure)
	}
}

func leaves(numbers []int) error {
	for _, n := range numbers {
		if n < 0 {
			return fmt.Errorf("%d is negative", n)
		}
		if n > 100 {
			keep(n)
			break
		}
		if n == 50 {
			log.Fatalf("stopped at %d", n)
		}
		if n == 60 {
			panic(fmt.Sprintln("stopped at", n))
		}
	}
	return nil
}

func handlesErrors(texts []string) (errs []error) {
	for i, text := range texts {
		if _, err := strconv.Atoi(text); err != nil {
			log.Printf("line %d: %v", i, err)
			continue
		}
		if _, err := os.Stat(text); err == nil {
			continue
		} else {
			log.Println(text, err)
		}
		if len(text) > 10 {
			errs = append(errs, fmt.Errorf("%s is long", text))
			errs = append(errs, errors.New(fmt.Sprint(text, " is very long")))
			errs = append(errs, &os.PathError{Op: fmt.Sprint(i), Path: text})
		}
	}
	return errs
}

type errorLog struct{}

func (errorLog) Errorf(format string, args ...any) { kept = args }
func (errorLog) Fatalf(format string, args ...any) { kept = args }
func (errorLog) Warnf(format string, args ...any)  { kept = args }

func reportsErrors(l errorLog, texts []string) {
	for _, text := range texts {
		l.Fatalf("%s ends it", text)
		l.Errorf("%s failed", text)
		l.Warnf("%s almost failed", text)
	}
}

type level int

const (
	Warning level = iota
	Info
)

func report(l level, text string) { kept = text }

func wordsOfErrors(texts []string) {
	for _, text := range texts {
		report(Warning, fmt.Sprintf("%s is odd", text))
		if len(text) > 3 {
			message := fmt.Sprintf("%s is long", text)
			errorLog{}.Errorf(message)
		}
	}
}

type failure struct{ code int }

func (f failure) Error() string { return "failed" }

func failures(codes []int) (found []error) {
	for _, code := range codes {
		found = append(found, failure{code})
	}
	return found
}

func fewTurns(a, b string) {
	for _, text := range []string{a, b} {
		keep(text)
	}
}

func helper(t *testing.T, names []string) {
	for _, name := range names {
		keep(name)
	}
}

func inContext(w http.ResponseWriter, r *http.Request) context.Context {
	return context.WithValue(r.Context(), handle{}, r.Method)
}

func describesTable(rows []int) error {
	if len(rows) > 3 {
		text := ""
		for _, row := range rows {
			text += fmt.Sprint(row, ",")
		}
		return errors.New(text)
	}
	return nil
}

func DumpRows(w io.Writer, rows []int) {
	for _, row := range rows {
		fmt.Fprintln(w, row)
	}
}

func tellsOfErrors(rows []int) {
	for _, row := range rows {
		fmt.Fprintln(os.Stderr, row)
	}
}

func shows(v verbosity, texts []string) {
	for _, text := range texts {
		if v.debug {
			log.Println(text)
		}
	}
}

func (v byName) String() string {
	text := ""
	for _, name := range v {
		text += fmt.Sprint(name, len(name)<<10)
	}
	return text
}

func init() {
	for _, name := range os.Args {
		keep(name)
	}
}

var pointerPool = sync.Pool{New: func() any { return new([]byte) }}

func pooledPointers() {
	buffer := pointerPool.Get().(*[]byte)
	pointerPool.Put(buffer)
}

// What pool-by-value speaks of.
var slicePool = sync.Pool{New: func() any { return make([]byte, 0, 512) }}

func pooledSlices(turns int) {
	for range turns {
		buffer := slicePool.Get().([]byte)
		slicePool.Put(buffer[:0])
	}
}

func queuedPointers(h heap.Interface, jobs []job) {
	for i := range jobs {
		heap.Push(h, &jobs[i])
	}
}

func boxedOnce(w io.Writer, prefix string, lines []*string) {
	var boxed any = prefix
	for _, line := range lines {
		fmt.Fprintln(w, boxed, line)
	}
}

func concrete[T any](values []T, take func(T)) {
	for _, v := range values {
		take(v)
	}
}
