//go:build !fixed

package deferinloop

import (
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
)

func perFile(names []string, w io.Writer) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		// want defer-in-loop "runs when the function returns, not at the end of the iteration: f of every iteration, and a record for each.*Call f.Close\\(\\)"
		defer f.Close()
		io.Copy(w, f)
	}
	return nil
}

func perPage(urls []string, handle func([]byte)) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		// want defer-in-loop "resp of every iteration"
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}
		handle(body)
	}
	return nil
}

func inLiteral(names []string) {
	for i := 0; i < len(names); i++ {
		f, err := os.Open(names[i])
		if err != nil {
			continue
		}
		// want defer-in-loop "f of every iteration.*Call the function at the end"
		defer func() {
			_ = f.Close()
		}()
		use(f)
	}
}

func returnsOnOneBranch(db *sql.DB, queries []string) error {
	for _, query := range queries {
		rows, err := db.Query(query)
		if err != nil {
			return err
		}
		// want defer-in-loop "rows of every iteration"
		defer rows.Close()
		if rows.Next() {
			return nil
		}
	}
	return nil
}

func nested(groups [][]string) {
	for _, group := range groups {
		for _, name := range group {
			f, err := os.Create(name)
			if err != nil {
				break
			}
			// want defer-in-loop "f of every iteration"
			defer f.Close()
			use(f)
			break
		}
	}
}

func byGoto(names []string) {
again:
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			goto again
		}
		// want defer-in-loop "f of every iteration"
		defer f.Close()
		use(f)
	}
}

func byCleanup(addrs []string) {
	for _, addr := range addrs {
		conn, cleanup, err := dial(addr)
		if err != nil {
			continue
		}
		// want defer-in-loop "cleanup of every iteration"
		defer cleanup()
		conn.Write(nil)
	}
}

func accept(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		// want defer-in-loop "conn of every iteration"
		defer conn.Close()
		conn.Write(nil)
	}
}

func withoutBound(jobs <-chan int) {
	for job := range jobs {
		// want defer-in-loop "the loop has no bound"
		defer println(job)
		println(job)
	}
}

func forEver(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			continue
		}
		// want defer-in-loop "This defer does not run: the function never returns"
		defer conn.Close()
		conn.Write(nil)
	}
}

func (c *counter) add(names []string) {
	for _, name := range names {
		c.mu.Lock()
		// want defer-in-loop "the next iteration locks c.mu while this one still holds it"
		defer c.mu.Unlock()
		c.n[name]++
	}
}
