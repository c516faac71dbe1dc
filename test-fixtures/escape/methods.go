package escape

// Methods that are values, and assignments that look as if they stored nothing new.

type worker struct {
	run   func()
	other func()
	part  *part
	twin  *part
	inner part
}

type part struct {
	next, last *part
	inner      struct{ next, last *part }
}

type byteBuffer struct{ bytes []byte }

type bufferReader struct{ byteBuffer }

var latest *worker

func (w *worker) do() {}

func (w *worker) keep() { latest = w }

func (w *worker) itself() *worker { return w }

func takesMethod(w *worker) {
	w.run = w.do // heap
}

func takesField() {
	var w worker
	p := &w
	p.other = p.run
}

func throughTwo() {
	w := worker{part: &part{}}
	w.part.next = w.part.last
	w.part.inner.next = w.part.inner.last
}

func otherObject() {
	x := part{} // heap
	w := worker{part: &part{}, twin: &part{next: &x}}
	w.part.next = w.twin.next
}

func promotedFields() {
	r := &bufferReader{byteBuffer{make([]byte, 4)}} // heap
	r.bytes = r.bytes[1:]
	b := &byteBuffer{make([]byte, 4)}
	b.bytes = b.bytes[1:]
}

func otherElements() {
	x := part{} // heap
	w := struct{ parts, others []*part }{nil, []*part{&x}}
	w.parts[0] = w.others[0]
}

func ownElements() {
	x := part{}
	parts := []*part{nil, &x}
	parts[0] = parts[1]
}

// What the method keeps is kept when its value is made.

func keepsByValue() {
	w := &worker{} // heap
	f := w.keep
	f()
}

func keepsNothing() {
	w := &worker{}
	f := w.do
	f()
}

func givesItself() {
	w := &worker{} // heap
	f := w.itself
	f()
}

func behindInterface(n int) {
	w := &worker{} // heap
	var d interface{ do() } = w
	f := d.do
	f()
}

// A method promoted from an embedded interface is known at run time only.

type doer interface{ do(*worker) }

type embedding struct{ doer }

func promotedMethod(e *embedding) {
	w := worker{} // heap
	e.do(&w)
}

// A method in a variable.

func methodExpression() {
	w := worker{}
	f := (*worker).do
	f(&w)
	g := (*worker).keep
	v := worker{} // heap
	g(&v)
}

func methodSetAgain() {
	w := worker{} // heap
	f := (*worker).do
	f = (*worker).do
	f(&w)
}
