//go:build fixed && suggestion

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
		func() {
			defer f.Close()
			io.Copy(w, f)
		}()
	}
	return nil
}

func perPage(urls []string, handle func([]byte)) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			resp.Body.Close()
			return err
		}
		handle(body)
		resp.Body.Close()
	}
	return nil
}

func inLiteral(names []string) {
	for i := 0; i < len(names); i++ {
		f, err := os.Open(names[i])
		if err != nil {
			continue
		}
		func() {
			defer func() {
				_ = f.Close()
			}()
			use(f)
		}()
	}
}

func returnsOnOneBranch(db *sql.DB, queries []string) error {
	for _, query := range queries {
		rows, err := db.Query(query)
		if err != nil {
			return err
		}
		if rows.Next() {
			rows.Close()
			return nil
		}
		rows.Close()
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
			use(f)
			f.Close()
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
		func() {
			defer f.Close()
			use(f)
		}()
	}
}

func byCleanup(addrs []string) {
	for _, addr := range addrs {
		conn, cleanup, err := dial(addr)
		if err != nil {
			continue
		}
		func() {
			defer cleanup()
			conn.Write(nil)
		}()
	}
}

func accept(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		func() {
			defer conn.Close()
			conn.Write(nil)
		}()
	}
}

func withoutBound(jobs <-chan int) {
	for job := range jobs {
		func() {
			defer println(job)
			println(job)
		}()
	}
}

func forEver(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			continue
		}
		func() {
			defer conn.Close()
			conn.Write(nil)
		}()
	}
}

func (c *counter) add(names []string) {
	for _, name := range names {
		c.mu.Lock()
		func() {
			defer c.mu.Unlock()
			c.n[name]++
		}()
	}
}
