package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"strings"
)

const (
	// Where kind's daemon has it, so that nodes look alike to whoever reads them.
	configurationFile = "/etc/cni/net.d/10-kindnet.conflist"
	chain             = "GITOPS-LAB-MASQ"
)

func run(ctx context.Context, program string, args ...string) error {
	output, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", program, strings.Join(args, " "), err, bytes.TrimSpace(output))
	}
	return nil
}

// mtu is that of the node's own interface, which pods must not exceed.
func mtu() int {
	link, err := net.InterfaceByName("eth0")
	if err != nil {
		return 0
	}
	return link.MTU
}

// configuration is for the plugins that every kind node has
// (https://www.cni.dev/plugins/current/).
func configuration(podRange string, mtu int) ([]byte, error) {
	type object map[string]any
	pair := object{
		"type": "ptp",
		"ipam": object{
			"type":    "host-local",
			"dataDir": "/run/cni-ipam-state",
			"ranges":  [][]object{{{"subnet": podRange}}},
			"routes":  []object{{"dst": "0.0.0.0/0"}},
		},
	}
	if mtu > 0 {
		pair["mtu"] = mtu
	}
	ports := object{"type": "portmap", "capabilities": object{"portMappings": true}}
	return json.MarshalIndent(object{
		"cniVersion": "0.4.0",
		"name":       "kindnet",
		"plugins":    []object{pair, ports},
	}, "", "  ")
}

// writeConfiguration leaves a file alone that is right, and never shows half
// of one: the container runtime reads it whenever it changes.
func writeConfiguration(podRange string) error {
	wanted, err := configuration(podRange, mtu())
	if err != nil {
		return err
	}
	if there, err := os.ReadFile(configurationFile); err == nil && bytes.Equal(there, wanted) {
		return nil
	}
	draft := configurationFile + ".draft"
	if err := os.WriteFile(draft, wanted, 0o644); err != nil {
		return err
	}
	log.Printf("pods of this node get addresses of %s", podRange)
	return os.Rename(draft, configurationFile)
}

func iptables(ctx context.Context, args ...string) error {
	return run(ctx, "iptables", append([]string{"--wait", "--table", "nat"}, args...)...)
}

// ensureRule appends a rule to a chain that does not have it.
func ensureRule(ctx context.Context, chain string, rule ...string) error {
	if iptables(ctx, append([]string{"--check", chain}, rule...)...) == nil {
		return nil
	}
	return iptables(ctx, append([]string{"--append", chain}, rule...)...)
}

// masquerade hides pods behind their node, except from one another.
func masquerade(ctx context.Context, podRanges []string) error {
	if iptables(ctx, "--list-rules", chain) != nil {
		if err := iptables(ctx, "--new-chain", chain); err != nil {
			return err
		}
	}
	for _, podRange := range podRanges {
		if err := ensureRule(ctx, chain, "--destination", podRange, "--jump", "RETURN"); err != nil {
			return err
		}
	}
	if err := ensureRule(ctx, chain, "--jump", "MASQUERADE"); err != nil {
		return err
	}
	return ensureRule(ctx, "POSTROUTING", "--match", "addrtype", "!", "--dst-type", "LOCAL", "--jump", chain)
}
