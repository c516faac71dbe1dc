module fixtures/loststop

go 1.22
