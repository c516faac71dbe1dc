module typeoracle

go 1.25
