// Command redis serves the Redis protocol from memory.
//
// Argo CD uses Redis as a cache that it can lose at any time. Where no Redis
// or Valkey program can be had, this one takes its place. It is started as
// redis-server is, with a configuration file, of which it knows bind, port
// and requirepass.
package main

import (
	"bufio"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/alicebob/miniredis/v2"
)

const backend = "github.com/alicebob/miniredis/v2"

func backendVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, module := range info.Deps {
			if module.Path == backend {
				return module.Version
			}
		}
	}
	return "unknown"
}

// readSettings reads lines of the form "name value".
func readSettings(path string) (map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	settings := map[string]string{"bind": "127.0.0.1", "port": "6379"}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		name, value, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		settings[name] = strings.TrimSpace(value)
	}
	return settings, lines.Err()
}

func serve(settings map[string]string) error {
	server := miniredis.NewMiniRedis()
	if password := settings["requirepass"]; password != "" {
		server.RequireAuth(password)
	}
	if err := server.StartAddr(settings["bind"] + ":" + settings["port"]); err != nil {
		return err
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
			return nil
		}
	}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: redis-server CONFIGURATION-FILE | --version")
		os.Exit(2)
	}
	if os.Args[1] == "--version" {
		fmt.Printf("miniredis %s\n", backendVersion())
		return
	}
	settings, err := readSettings(os.Args[1])
	if err == nil {
		err = serve(settings)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
