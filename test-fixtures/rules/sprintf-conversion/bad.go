//go:build !fixed

package sprintfconversion

import "fmt"

type badID int

func (id badID) String() string {
	// want sprintf-conversion "takes id as an interface.*strconv.Itoa"
	return fmt.Sprintf("%d", id)
}

type badWeight uint64

func _(n int, small int8, wide int64, unsigned uint, huge uint64, b byte, r rune) []string {
	return []string{
		// want sprintf-conversion "takes n as an interface and interprets a format"
		fmt.Sprintf("%d", n),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprintf("%v", n),
		// want sprintf-conversion "fmt.Sprint takes n"
		fmt.Sprint(n),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprintf("%d", small),
		// want sprintf-conversion "strconv.FormatInt"
		fmt.Sprintf("%d", wide),
		// want sprintf-conversion "strconv.FormatUint"
		fmt.Sprintf("%d", unsigned),
		// want sprintf-conversion "strconv.FormatUint"
		fmt.Sprintf("%x", huge),
		// want sprintf-conversion "strconv.FormatInt"
		fmt.Sprintf("%x", n),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprintf("%d", b),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprintf(`%d`, r),
		// want sprintf-conversion "strconv.FormatUint"
		fmt.Sprint(badWeight(huge)),
	}
}

func _(ok bool, text []byte, x float64, narrow float32) string {
	// want sprintf-conversion "strconv.FormatBool"
	a := fmt.Sprintf("%t", ok || len(text) > 0)

	// want sprintf-conversion "string"
	b := fmt.Sprintf("%s", text)

	// want sprintf-conversion "hex.EncodeToString"
	c := fmt.Sprintf("%x", text[:4])

	// want sprintf-conversion "strconv.FormatFloat"
	d := fmt.Sprintf("%v", x)

	// want sprintf-conversion "strconv.FormatFloat"
	e := fmt.Sprint(narrow)

	return a + b + c + d + e
}

// The loop pays on every iteration.
func _(counts map[string]int) (keys []string) {
	for name, count := range counts {
		// want sprintf-conversion "count"
		keys = append(keys, name+fmt.Sprintf("%d", count))
	}
	return keys
}

// A name that means something else keeps the fix away.
func _(strconv, n int) string {
	// want sprintf-conversion "strconv.Itoa"
	return fmt.Sprintf("%d", n+strconv)
}

// So does a comment that would be lost.
func _(n int) string {
	// want sprintf-conversion "strconv.Itoa"
	return fmt.Sprintf("%d" /* decimal */, n)
}

// Comments that gofmt aligns would have to move.
func _(n, m int) (a, b string) {
	a = fmt.Sprintf("%d", n)    // want sprintf-conversion "strconv.Itoa"
	b = "number " + string('a') // aligned
	return a, b
}

func _(ids []int, i int) []string {
	return []string{
		// want sprintf-conversion "i\\+1"
		fmt.Sprintf("%d", i+1),
		// want sprintf-conversion "i\\*2\\+1"
		"n" + fmt.Sprintf("%d", i*2+1),
		// want sprintf-conversion "ids"
		fmt.Sprint(ids[i+1] << 2),
		// want sprintf-conversion "int64"
		fmt.Sprint(int64(i) + 1),
	}
}

// A constant that is shifted has the type that is asked of it, here that of a rune.
func _(n uint) []string {
	return []string{
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprint('a' << n),
		// want sprintf-conversion "strconv.FormatInt"
		fmt.Sprintf("%x", 'a'<<n),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprint(-('a' << n) + 1),
		// want sprintf-conversion "strconv.FormatInt"
		fmt.Sprintf("%x", ^(1 << n)),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprint(1 << n),
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprint('a'<<n + int32(n)),
	}
}

// Shorter keys move the values of the lines beside them.
func _(n int) (aligned, single map[string]string) {
	aligned = map[string]string{
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprintf("%d", n): "a",
		"key":                "b",
	}
	single = map[string]string{
		// want sprintf-conversion "strconv.Itoa"
		fmt.Sprintf("%d", n): "a",

		// want sprintf-conversion "strconv.Itoa"
		"key": fmt.Sprint(n),
	}
	return aligned, single
}
