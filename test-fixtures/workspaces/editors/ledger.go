package editors

import "log"

type order struct{ id, amount int }

type ledger struct{ open []*order }

func (l *ledger) place(id, amount int) {
	placed := order{id, amount}
	latest := &placed
	l.open = append(l.open, latest)
	log.Print(id)
}

func (l *ledger) total() int {
	sums := make([]int, 8)
	for i, each := range l.open {
		sums[i%8] += each.amount
	}
	return sums[0]
}
