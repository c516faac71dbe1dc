module fixtures/threadlockleak/pinned

go 1.26
