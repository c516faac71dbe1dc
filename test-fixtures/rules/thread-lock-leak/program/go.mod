module fixtures/threadlockleak/program

go 1.26
