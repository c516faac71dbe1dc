module fixtures/stringbytesconversion

go 1.21
