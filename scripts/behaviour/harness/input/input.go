// Package input is what generated functions are given: values of many types, made from a seed, and ways to be seen at work.
package input

import (
	"fmt"
	"math/rand"
	"strconv"
)

// Item is an element of some size.
type Item struct {
	Name string
	Age  int
}

// Celsius has a method that fmt would call.
type Celsius int

func (c Celsius) String() string { return fmt.Sprint(int(c), "°") }

// Level is a named type without methods.
type Level int32

// Fault is an error that shows as what it is.
type Fault string

func (f Fault) Error() string { return string(f) }

// Input is read and written by generated functions; all of it is compared afterwards. It holds no pointers, and nothing
// whose order is left to chance.
type Input struct {
	Xs    []int
	Names []string
	Bytes []byte
	// Key is, as text, mostly one of Ages.
	Key      []byte
	Items    []Item
	Rows     [][]int
	Four     [4]int
	Ages     map[string]int
	Text     string
	N, M     int
	Small    int8
	Wide     int64
	Unsigned uint
	Half     float64
	Flag     bool
	Heat     Celsius
	Grade    Level
	Err      error
	// Bad is the value at which V panics.
	Bad   int
	Turns int
	Kept  []int
}

// Calm is the kind of input at which V never panics and no length is small or negative.
const Calm = 0

const mostTurns = 50000

// New makes the same input for the same seed. Calm inputs are large; every third of the others has only empty parts.
func New(seed int64) *Input {
	if seed == Calm {
		return large()
	}
	random := rand.New(rand.NewSource(seed))
	in := &Input{N: random.Intn(16) - 4, M: random.Intn(12) - 3, Bad: random.Intn(60) - 5, Ages: map[string]int{}}
	in.Small, in.Wide, in.Unsigned = int8(random.Intn(30)-9), int64(random.Intn(20)-5), uint(random.Intn(9))
	in.Half, in.Flag, in.Heat, in.Grade = float64(random.Intn(9))/2-1, random.Intn(2) == 0, Celsius(in.N), Level(in.M*100000)
	if seed%3 == 0 {
		return in
	}
	in.fill(random.Intn(14), random)
	in.Text = "aé世\xff%z"[:random.Intn(10)]
	in.Key = []byte(strconv.Itoa(random.Intn(14)))
	if in.Flag {
		in.Err = Fault(fmt.Sprint("bad ", in.N))
	}
	return in
}

func (in *Input) fill(n int, random *rand.Rand) {
	for i := range n {
		in.Xs = append(in.Xs, random.Intn(50)-5)
		in.Names = append(in.Names, fmt.Sprint("n", i))
		in.Bytes = append(in.Bytes, byte(random.Intn(256)))
		in.Items = append(in.Items, Item{Name: fmt.Sprint("i", i), Age: random.Intn(50)})
		if i < 5 {
			in.Rows = append(in.Rows, make([]int, random.Intn(4)))
		}
		in.Four[i%4] = random.Intn(50)
		in.Ages[fmt.Sprint(i)] = 7
	}
}

func large() *Input {
	in := &Input{N: 150, M: 140, Small: 100, Wide: 150, Unsigned: 150, Half: 1.5, Heat: 300, Grade: 70000, Bad: -1 << 40, Ages: map[string]int{}}
	in.fill(150, rand.New(rand.NewSource(1)))
	in.Key = []byte("149")
	for range 10 {
		in.Text += "é%"
	}
	return in
}

// Turn counts what is done.
func (in *Input) Turn() int {
	in.Turns++
	if in.Turns > mostTurns {
		panic("too many turns")
	}
	return in.Turns
}

// V gives x back, or panics.
func (in *Input) V(x int) int {
	in.Turn()
	if x == in.Bad {
		panic(fmt.Sprint("bad ", x))
	}
	return x
}

// Word is a text that depends on x.
func (in *Input) Word(x int) string {
	return [...]string{"d", "a", "bc", "é", "\xff"}[uint(in.V(x))%5]
}

// Shout changes the text.
func (in *Input) Shout() string {
	in.Text = in.Word(in.Turn()) + "tail"
	return "!"
}

// Double is a slice that nobody else holds.
func (in *Input) Double() []int {
	in.Turn()
	return append(append([]int(nil), in.Xs...), in.Xs...)
}

// Keep calls what it is given later than others could.
func (in *Input) Keep(f func() int) { in.Kept = append(in.Kept, f()) }

// Bump makes the item a year older.
func (i *Item) Bump() int {
	i.Age++
	return i.Age
}
