module fixtures/slicegrowth

go 1.20
