package editors

type visit struct{ count int }

type log struct{ last *visit }

func record(l *log, visits []visit) {
	for _, v := range visits {
		l.last = &v
	}
}
