// Package worth adds up one field of large orders.
package worth

type order struct {
	id     int
	prices [64]int
}

var (
	orders = make([]order, 256)
	total  int
)

func Work() {
	for _, order := range orders {
		total += order.prices[order.id]
	}
}
