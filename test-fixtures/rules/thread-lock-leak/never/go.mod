module fixtures/threadlockleak/never

go 1.26
