module fixtures/mapgrowth

go 1.20
