// Command pause is the first process of a pod: it holds the pod's namespaces
// while containers come and go, and ends when it is told to.
//
// Where the containers of a pod share their processes, it is their init, and
// collects those that lost their parents.
package main

import (
	"os"
	"os/signal"
	"syscall"
)

func collectOrphans() {
	for {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if pid <= 0 && err != syscall.EINTR {
			return
		}
	}
}

func main() {
	ending := make(chan os.Signal, 1)
	signal.Notify(ending, syscall.SIGINT, syscall.SIGTERM)
	children := make(chan os.Signal, 1)
	signal.Notify(children, syscall.SIGCHLD)
	for {
		select {
		case <-children:
			collectOrphans()
		case <-ending:
			return
		}
	}
}
