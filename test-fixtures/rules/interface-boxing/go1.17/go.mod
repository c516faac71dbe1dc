module fixtures/interfaceboxing

go 1.17
