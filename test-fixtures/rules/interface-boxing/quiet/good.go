package quiet

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"text/tabwriter"
	"time"
)

type setting struct{ value any }

// What the data is made of.
func settings(names []string) (all []setting) {
	for _, name := range names {
		all = append(all, setting{value: name})
	}
	return all
}

// Writing costs far more than the box.
func list(names []string) {
	for i, name := range names {
		fmt.Printf("%d: %s\n", i, name)
	}
}

// People read tables.
func table(w io.Writer, sizes map[string]int) error {
	tw := tabwriter.NewWriter(w, 2, 0, 2, ' ', 0)
	for name, size := range sizes {
		fmt.Fprintf(tw, "%s\t%d\n", name, size)
	}
	return tw.Flush()
}

// One text among all that a request needs.
func serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-From", fmt.Sprintf("%s:%s", r.Host, r.RemoteAddr))
}

// One box per request, too.
func answer(w http.ResponseWriter, r *http.Request) {
	text, _ := json.Marshal(job{1, len(r.URL.Path)})
	w.Write(text)
}

// The text is an allocation by itself.
func join(names []string) string {
	var all strings.Builder
	for i, name := range names {
		all.WriteString(fmt.Sprintf("%d: %s\n", i, name))
	}
	return all.String()
}

func commands(names []string) (all [][]byte) {
	for _, name := range names {
		all = append(all, fmt.Appendf(nil, "read %s", name))
	}
	return all
}

// A line of a log is written or, where its level is off, one of few.
type logger interface {
	Infof(format string, args ...any)
	WithValues(keysAndValues ...any) logger
}

func logged(l logger, names []string) {
	for _, name := range names {
		l.Infof("name %s", name)
		l.WithValues("name", name)
	}
}

type tool struct{ stdout io.Writer }

func (t tool) list(names []string) {
	for _, name := range names {
		fmt.Fprintln(t.stdout, name)
	}
}

// What is asked takes far longer, and what asks wants interfaces.
func remove(tx *sql.Tx, ids []int64) error {
	for _, id := range ids {
		if _, err := tx.Exec("DELETE FROM t WHERE id=?", id); err != nil {
			return err
		}
	}
	return nil
}

type store interface {
	Run(ctx context.Context, script string, args ...any) error
}

func expire(ctx context.Context, s store, queues []string) {
	for _, queue := range queues {
		s.Run(ctx, "expire", queue)
	}
}

// Up to 255 the runtime has boxes.
func all(l lister, names []string) (found []any) {
	for i := range names {
		found = append(found, l.get(i), l.get(len(names)))
	}
	for i := 0; i < len(names); i++ {
		found = append(found, l.get(i))
	}
	return found
}

// Twice in a second.
func tell(l lister, now func() string) {
	for {
		time.Sleep(time.Second / 2)
		l.get(now())
	}
}

func tick(l lister, ticker *time.Ticker, now func() string) {
	for {
		select {
		case <-ticker.C:
			l.get(now())
		}
	}
}

// Once, when the program starts.
func setupJobs(l lister, jobs []job) {
	for _, j := range jobs {
		l.get(j)
	}
}

// People read it.
func shown(w io.Writer, jobs []job) {
	for _, j := range jobs {
		text, _ := json.MarshalIndent(j, "", "\t")
		w.Write(text)
	}
}

func writeTable(l lister, jobs []job) {
	for _, j := range jobs {
		l.get(j)
	}
}
