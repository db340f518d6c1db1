module glsa.internal/launcher

go 1.26
