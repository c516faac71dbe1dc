// Package worth makes a buffer of variable length and uses it on each of a hundred iterations.
package worth

var (
	rows  = make([][]float64, 100)
	width = 64
	total float64
)

func Work() {
	var scaled []float64
	for _, row := range rows {
		if size := len(row) + width; cap(scaled) < size {
			scaled = make([]float64, size)
		} else {
			scaled = scaled[:size]
			clear(scaled)
		}
		copy(scaled, row)
		for _, v := range scaled {
			total += v
		}
	}
}
