module fixtures/mapkeyconversion

go 1.24
