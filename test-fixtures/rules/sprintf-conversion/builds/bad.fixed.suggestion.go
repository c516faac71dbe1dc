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

func _(status *syscall.Stat_t) string {
	device, size := status.Dev, int64(status.Size)
	text := strconv.FormatUint(device, 10)
	return text + strconv.FormatInt(size, 10)
}

func _(open func() []*syscall.Stat_t) (text string) {
	var first = open()[0].Nlink
	text = strconv.FormatUint(first, 10)
	for _, device := range []uint64{first} {
		text += "," + strconv.FormatUint(device, 10)
	}
	return text
}
