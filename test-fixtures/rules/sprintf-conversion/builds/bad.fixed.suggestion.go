//go:build fixed && suggestion

package builds

import (
	"os"
	"strconv"
	"syscall"
)

type badKind int

type badNumber int

func _(kind badKind, number badNumber) string {
	text := strconv.Itoa(int(kind))
	return text + strconv.Itoa(int(number))
}

func _(info os.FileInfo) string {
	if status, ok := info.Sys().(*syscall.Stat_t); ok {
		text := strconv.FormatUint(status.Dev, 10)
		return text + strconv.FormatInt(int64(status.Size), 10)
	}
	return ""
}
