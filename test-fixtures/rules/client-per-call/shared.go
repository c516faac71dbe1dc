// What bad.go and good.go share. No findings.

package clientpercall

import (
	"database/sql"
	"io"
)

const maxIdle = 4

type service struct{ source string }

func (s *service) write(w io.Writer, db *sql.DB) {}
