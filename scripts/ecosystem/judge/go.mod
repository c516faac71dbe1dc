module escapement/judge

go 1.24
