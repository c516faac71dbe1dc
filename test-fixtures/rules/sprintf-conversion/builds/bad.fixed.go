//go:build fixed && !suggestion

package builds

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
)

type badKind int

type badNumber int

func _(kind badKind, number badNumber) string {
	text := fmt.Sprint(kind)
	return text + strconv.Itoa(int(number))
}

func _(info os.FileInfo) string {
	if status, ok := info.Sys().(*syscall.Stat_t); ok {
		text := fmt.Sprint(status.Dev)
		return text + strconv.FormatInt(int64(status.Size), 10)
	}
	return ""
}
