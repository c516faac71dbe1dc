module fixtures/writeconversion

go 1.21
