module gitops-lab.invalid/toolchain/web

go 1.26.0
