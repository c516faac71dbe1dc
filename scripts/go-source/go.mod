module gosource

go 1.24
