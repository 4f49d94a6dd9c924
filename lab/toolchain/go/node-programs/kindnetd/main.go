// Command kindnetd is the network of a cluster of kind nodes whose own network
// daemon can't be had. It runs on every node, in the place and with the rights
// of kind's, and does three things, for IPv4 only:
//
//   - it writes the configuration by which the container runtime connects the
//     pods of its node, as soon as the node has a range of addresses for them;
//   - it routes the ranges of the other nodes to these;
//   - it has what leaves the network of the pods leave under the address of
//     the node.
//
// It does not enforce network policies, as kind's does.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

const (
	// Routes and rules come late by this much at most.
	interval = 5 * time.Second
	// Until a node has its range, pods can't start there.
	hurry = time.Second
)

// settings are what kind's DaemonSet tells its daemon.
type settings struct {
	hostAddress string
	podRanges   []string
}

func readSettings() (settings, error) {
	host, ranges := os.Getenv("HOST_IP"), os.Getenv("POD_SUBNET")
	if host == "" || ranges == "" {
		return settings{}, fmt.Errorf("HOST_IP and POD_SUBNET are not both set")
	}
	return settings{hostAddress: host, podRanges: strings.Split(ranges, ",")}, nil
}

// reconcile makes the network of this node what the nodes of the cluster ask
// for; it tells whether this node has its range.
func reconcile(ctx context.Context, cluster *cluster, own settings) (bool, error) {
	nodes, err := cluster.nodes(ctx)
	if err != nil {
		return false, err
	}
	hasRange := false
	for _, node := range nodes {
		switch {
		case node.podRange == "":
		case node.address == own.hostAddress:
			if err := writeConfiguration(node.podRange); err != nil {
				return false, err
			}
			hasRange = true
		default:
			if err := run(ctx, "ip", "route", "replace", node.podRange, "via", node.address); err != nil {
				return false, err
			}
		}
	}
	return hasRange, masquerade(ctx, own.podRanges)
}

func keep(ctx context.Context) error {
	own, err := readSettings()
	if err != nil {
		return err
	}
	cluster, err := openCluster()
	if err != nil {
		return err
	}
	for {
		hasRange, err := reconcile(ctx, cluster, own)
		if ctx.Err() != nil {
			return nil
		}
		pause := hurry
		if err != nil {
			log.Print(err)
		} else if hasRange {
			pause = interval
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil
		}
	}
}

func main() {
	log.SetFlags(log.LstdFlags | log.LUTC)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := keep(ctx); err != nil {
		log.Fatal(err)
	}
}
