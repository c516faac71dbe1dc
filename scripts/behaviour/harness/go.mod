module behaviour

go 1.26
