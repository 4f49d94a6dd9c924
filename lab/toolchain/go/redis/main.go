// Command redis serves the Redis protocol from memory.
//
// Argo CD uses Redis as a cache that it can lose at any time. Where no Redis
// or Valkey program can be had, this one takes its place.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

func main() {
	port := flag.Int("port", 6379, "the port to listen on, loopback only")
	password := flag.String("requirepass", "", "the password that clients must give")
	flag.Parse()

	server := miniredis.NewMiniRedis()
	if *password != "" {
		server.RequireAuth(*password)
	}
	if err := server.StartAddr(fmt.Sprintf("127.0.0.1:%d", *port)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer server.Close()

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for {
		select {
		case now := <-second.C:
			// Time stands still in miniredis until it is told to pass.
			server.SetTime(now)
			server.FastForward(time.Second)
		case <-stop:
			return
		}
	}
}
