module example.org/holdfast-kit

go 1.19
