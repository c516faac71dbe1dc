package escape

import _ "unsafe"

// Functions without a body: the compiler believes what it is told of them, and else assumes the worst.

type operand struct{ value int }

//go:noescape
func look(p *operand, q ...*operand) *operand

//go:noescape

func lookOn(p *operand)

func keep(p *operand)

//go:linkname linked runtime.linked
func linked(p *operand)

//go:noescape
func (o *operand) add(p *operand)

func (o *operand) keep()

func looksAt() *operand {
	o := operand{}
	lookOn(&o)
	return look(&o, &operand{}, &o)
}

func assembles() {
	o := operand{} // heap
	keep(&o)
}

func linksTo() {
	o := operand{} // heap
	linked(&o)
}

func adds(o operand) {
	o.add(&operand{})
}

func keepsReceiver() {
	o := operand{} // heap
	o.keep()
}
