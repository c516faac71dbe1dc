module golang.org/x/sync/errgroup

go 1.26
