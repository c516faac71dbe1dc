module old

go 1.25
