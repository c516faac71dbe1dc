package deferinloop

import (
	"net"
	"os"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  map[string]int
}

type wrapped struct{ net.Conn }

func dial(addr string) (*wrapped, func(), error) {
	conn, err := net.Dial("tcp", addr)
	return &wrapped{conn}, func() { conn.Close() }, err
}

func use(f *os.File) {
	_, _ = f.Stat()
}
