//go:build fixed

package sprintfconversion

import (
	"encoding/hex"
	"fmt"
	"strconv"
)

type badID int

func (id badID) String() string {
	return strconv.Itoa(int(id))
}

type badWeight uint64

func _(n int, small int8, wide int64, unsigned uint, huge uint64, b byte, r rune) []string {
	return []string{
		strconv.Itoa(n),
		strconv.Itoa(n),
		strconv.Itoa(n),
		strconv.Itoa(int(small)),
		strconv.FormatInt(wide, 10),
		strconv.FormatUint(uint64(unsigned), 10),
		strconv.FormatUint(huge, 16),
		strconv.FormatInt(int64(n), 16),
		strconv.Itoa(int(b)),
		strconv.Itoa(int(r)),
		strconv.FormatUint(uint64(badWeight(huge)), 10),
	}
}

func _(ok bool, text []byte, x float64, narrow float32) string {
	a := strconv.FormatBool(ok || len(text) > 0)

	b := string(text)

	c := hex.EncodeToString(text[:4])

	d := strconv.FormatFloat(x, 'g', -1, 64)

	e := strconv.FormatFloat(float64(narrow), 'g', -1, 32)

	return a + b + c + d + e
}

// The loop pays on every iteration.
func _(counts map[string]int) (keys []string) {
	for name, count := range counts {
		keys = append(keys, name+strconv.Itoa(count))
	}
	return keys
}

// A name that means something else keeps the fix away.
func _(strconv, n int) string {
	return fmt.Sprintf("%d", n+strconv)
}

// So does a comment that would be lost.
func _(n int) string {
	return fmt.Sprintf("%d" /* decimal */, n)
}

// Comments that gofmt aligns would have to move.
func _(n, m int) (a, b string) {
	a = fmt.Sprintf("%d", n)
	b = "number " + string('a') // aligned
	return a, b
}

func _(ids []int, i int) []string {
	return []string{
		strconv.Itoa(i + 1),
		"n" + strconv.Itoa(i*2+1),
		strconv.Itoa(ids[i+1] << 2),
		strconv.FormatInt(int64(i)+1, 10),
	}
}

// A constant that is shifted has the type that is asked of it, here that of a rune.
func _(n uint) []string {
	return []string{
		fmt.Sprint('a' << n),
		fmt.Sprintf("%x", 'a'<<n),
		fmt.Sprint(-('a' << n) + 1),
		fmt.Sprintf("%x", ^(1 << n)),
		strconv.Itoa(1 << n),
		strconv.Itoa(int('a'<<n + int32(n))),
	}
}

// Shorter keys move the values of the lines beside them.
func _(n int) (aligned, single map[string]string) {
	aligned = map[string]string{
		fmt.Sprintf("%d", n): "a",
		"key":                "b",
	}
	single = map[string]string{
		strconv.Itoa(n): "a",

		"key": strconv.Itoa(n),
	}
	return aligned, single
}
