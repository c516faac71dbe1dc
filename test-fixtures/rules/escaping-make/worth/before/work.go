// Package worth makes a buffer of variable length on each of a hundred iterations.
package worth

var (
	rows  = make([][]float64, 100)
	width = 64
	total float64
)

func Work() {
	for _, row := range rows {
		scaled := make([]float64, len(row)+width)
		copy(scaled, row)
		for _, v := range scaled {
			total += v
		}
	}
}
