module fixtures/timerinloop

go 1.22
