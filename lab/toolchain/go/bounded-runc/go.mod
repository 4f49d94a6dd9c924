module gitops-lab.invalid/toolchain/bounded-runc

go 1.26.0
