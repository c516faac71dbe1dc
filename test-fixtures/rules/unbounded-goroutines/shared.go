package unboundedgoroutines

import (
	"context"
	"database/sql"
	"os"
)

type store struct {
	names   []string
	servers []*server
}

func (s *store) keys(ctx context.Context, db *sql.DB) (found []string, err error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM keys")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		found = append(found, key)
	}
	return found, rows.Err()
}

func (s *store) fetch(ctx context.Context, key string) error {
	_, err := os.ReadFile(key)
	return err
}

type server struct{ address string }

func (s *server) Serve() error { return os.Remove(s.address) }

func remove(name string) {
	os.Remove(name)
}

type page struct {
	Items []string
	Next  string
}

type client interface {
	ListObjects(ctx context.Context, after string) (*page, error)
	Delete(ctx context.Context, name string) error
	List(ctx context.Context, into *page) error
}

type message struct{ names []string }

func (m *message) ProtoMessage()      {}
func (m *message) GetNames() []string { return m.names }
