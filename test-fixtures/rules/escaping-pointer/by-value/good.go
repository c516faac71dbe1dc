package byvalue

import (
	"errors"
	"sync"
)

// No findings in this file.

type area struct{ width, height int }

func (a area) size() int { return a.width * a.height }

func (a *area) grow() { a.width++ }

func (a *area) self() *area { return a }

var largest *area

func (a *area) keep() { largest = a }

func look(a *area) int { return a.width }

func keepArea(a *area) { largest = a }

func lookAll(areas ...*area) int { return len(areas) }

// Small enough to be inlined: allocated on the caller's stack.

func inlined(x int) *area { return &area{x, x} }

func usesInlined() int { return inlined(1).width }

// A caller keeps the pointer.

//go:noinline
func stored(x int) *area { return &area{x, x} }

func usesStored() { largest = stored(1) }

//go:noinline
func returned(x int) *area { return &area{x, x} }

func usesReturned() *area { return returned(1) }

//go:noinline
func copiedPointer(x int) *area { return &area{x, x} }

func usesCopiedPointer() int {
	a := copiedPointer(1)
	b := a
	b.width = 2
	return a.width
}

//go:noinline
func sharedWithClosure(x int) *area { return &area{x, x} }

func usesSharedWithClosure(run func(func())) int {
	a := sharedWithClosure(1)
	run(func() { a.width = 3 })
	return a.width
}

//go:noinline
func partAddress(x int) *area { return &area{x, x} }

func usesPartAddress() *int {
	a := partAddress(1)
	return &a.width
}

//go:noinline
func keptByMethod(x int) *area { return &area{x, x} }

func usesKeptByMethod() {
	a := keptByMethod(1)
	a.keep()
}

//go:noinline
func givenBackByMethod(x int) *area { return &area{x, x} }

func usesGivenBackByMethod() *area {
	a := givenBackByMethod(1)
	return a.self()
}

//go:noinline
func keptByFunction(x int) *area { return &area{x, x} }

func usesKeptByFunction() {
	a := keptByFunction(1)
	keepArea(a)
}

//go:noinline
func variadic(x int) *area { return &area{x, x} }

func usesVariadic() int {
	a := variadic(1)
	return lookAll(a)
}

//go:noinline
func boxed(x int) *area { return &area{x, x} }

func usesBoxed() any {
	var box any = boxed(1)
	return box
}

//go:noinline
func typed(x int) *area { return &area{x, x} }

func usesTyped() int {
	var a *area = typed(1)
	return a.width
}

//go:noinline
func inPackageVariable(x int) *area { return &area{x, x} }

var fromStart = inPackageVariable(1)

// A method that needs an address, which the result of a call has not; and an assignment to it.

//go:noinline
func notAddressable(x int) *area { return &area{x, x} }

func usesNotAddressable() { notAddressable(1).grow() }

//go:noinline
func assigned(x int) *area { return &area{x, x} }

func usesAssigned() { assigned(1).width = 2 }

// The pointer itself is asked.

//go:noinline
func comparedWithNil(x int) *area { return &area{x, x} }

func usesComparedWithNil() int {
	if a := comparedWithNil(1); a != nil {
		return a.width
	}
	return 0
}

//go:noinline
func compared(x int) *area { return &area{x, x} }

func usesCompared() bool { return compared(1) == compared(2) }

//go:noinline
func sometimesNil(x int) *area {
	if x == 0 {
		return nil
	}
	return &area{x, x}
}

func usesSometimesNil() int { return sometimesNil(1).width }

var errZero = errors.New("zero")

//go:noinline
func nilToMethod(x int) (*area, error) {
	if x == 0 {
		return nil, errZero
	}
	return &area{x, x}, nil
}

func usesNilToMethod() int {
	a, _ := nilToMethod(0)
	a.grow()
	return look(a)
}

//go:noinline
func nilWithoutError(x int) (*area, error) {
	if x == 0 {
		return nil, nil
	}
	return &area{x, x}, nil
}

func usesNilWithoutError() int {
	a, _ := nilWithoutError(0)
	return a.width
}

// Somebody else may hold what is returned.

//go:noinline
func alsoStored(x int) *area {
	a := &area{x, x}
	largest = a
	return a
}

func usesAlsoStored() int { return alsoStored(1).width }

//go:noinline
func fromParameter(a *area) *area {
	if a.width == 0 {
		return &area{1, 1}
	}
	return a
}

func usesFromParameter(a *area) int { return fromParameter(a).width }

//go:noinline
func changedLater(x int) *area {
	a := &area{x, x}
	defer a.grow()
	return a
}

func usesChangedLater() int { return changedLater(1).width }

//go:noinline
func changedByClosure(x int) *area {
	a := &area{x, x}
	defer func() { a.width++ }()
	return a
}

func usesChangedByClosure() int { return changedByClosure(1).width }

//go:noinline
func named(x int) (a *area) {
	a = &area{x, x}
	return
}

func usesNamed() int { return named(1).width }

// Not all uses are calls in view.

//go:noinline
func asValue(x int) *area { return &area{x, x} }

var make1 func(int) *area = asValue

func usesAsValue() int { return asValue(1).width + make1(1).width }

//go:noinline
func Exported(x int) *area { return &area{x, x} }

func usesExported() int { return Exported(1).width }

//go:noinline
func uncalled(x int) *area { return &area{x, x} }

type measurer interface{ measure() *area }

type rectangle struct{ x int }

//go:noinline
func (r rectangle) measure() *area { return &area{r.x, r.x} }

func usesMeasure(r rectangle) int { return r.measure().width }

//go:noinline
func generic[T any](x int) *area { return &area{x, x} }

func usesGeneric() int { return generic[string](1).width }

type list[T any] struct{ x int }

//go:noinline
func (l list[T]) first() *area { return &area{l.x, l.x} }

func usesGenericReceiver(l list[int]) int { return l.first().width }

// An error is a pointer by custom.

type failure struct{ line int }

func (f *failure) Error() string { return "failed" }

//go:noinline
func fail(line int) *failure { return &failure{line} }

func usesFail() int { return fail(1).line }

// Too large, not to be copied.

type table struct{ cells [64]int }

//go:noinline
func largeValue(x int) *table { return &table{} }

func usesLargeValue() int { return largeValue(1).cells[0] }

type guarded struct {
	mu sync.Mutex
	n  int
}

//go:noinline
func withLock(n int) *guarded { return &guarded{n: n} }

func usesWithLock() int { return withLock(1).n }
