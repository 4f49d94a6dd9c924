module gitops-lab.invalid/toolchain/node-programs

go 1.26.0
