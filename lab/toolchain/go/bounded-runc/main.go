// Command bounded-runc is runc for machines whose capability bounding set
// lacks some: a hardened virtual machine, or a container in a container.
//
// A process can't have a capability that the bounding set lacks, so runc fails
// there with "unable to apply caps: operation not permitted" as soon as a
// container is to be privileged, which nodes of kind are. This program takes
// what is lacking out of what a container asks for, and then becomes runc.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// In the order of their numbers (include/uapi/linux/capability.h of Linux).
var capabilities = strings.Fields(`
	CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP
	LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK
	IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN
	SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE
	AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM
	BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE`)

// boundingSet reads the capabilities that this process may have at all.
func boundingSet(status string) (map[string]bool, error) {
	for _, line := range strings.Split(status, "\n") {
		text, isIt := strings.CutPrefix(line, "CapBnd:")
		if !isIt {
			continue
		}
		bits, err := strconv.ParseUint(strings.TrimSpace(text), 16, 64)
		if err != nil {
			return nil, err
		}
		allowed := map[string]bool{}
		for number, name := range capabilities {
			allowed["CAP_"+name] = bits>>number&1 == 1
		}
		return allowed, nil
	}
	return nil, fmt.Errorf("/proc/self/status has no CapBnd")
}

// trim takes what is not allowed out of each set of a process's capabilities.
func trim(process any, allowed map[string]bool) {
	object, _ := process.(map[string]any)
	sets, _ := object["capabilities"].(map[string]any)
	for name, set := range sets {
		wanted, _ := set.([]any)
		kept := []any{}
		for _, capability := range wanted {
			if text, isText := capability.(string); isText && allowed[text] {
				kept = append(kept, capability)
			}
		}
		sets[name] = kept
	}
}

// trimFile rewrites a container's config.json, or the process of an exec.
func trimFile(file string, isProcess bool, allowed map[string]bool) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	// Limits can be larger than a floating-point number holds.
	decoder.UseNumber()
	var content map[string]any
	if err := decoder.Decode(&content); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if isProcess {
		trim(content, allowed)
	} else {
		trim(content["process"], allowed)
	}
	trimmed, err := json.Marshal(content)
	if err != nil {
		return err
	}
	return os.WriteFile(file, trimmed, 0o600)
}

// option finds the value of a flag in any way that runc takes it.
func option(args []string, names ...string) (string, bool) {
	for index, arg := range args {
		for _, name := range names {
			if arg == name && index+1 < len(args) {
				return args[index+1], true
			}
			if value, isIt := strings.CutPrefix(arg, name+"="); isIt {
				return value, true
			}
		}
	}
	return "", false
}

func trimWhatIsAskedFor(args []string) error {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	allowed, err := boundingSet(string(status))
	if err != nil {
		return err
	}
	if bundle, isIt := option(args, "--bundle", "-bundle", "-b"); isIt {
		return trimFile(filepath.Join(bundle, "config.json"), false, allowed)
	}
	if process, isIt := option(args, "--process", "-process", "-p"); isIt {
		return trimFile(process, true, allowed)
	}
	return nil
}

func main() {
	err := trimWhatIsAskedFor(os.Args[1:])
	if err == nil {
		var runc string
		if runc, err = exec.LookPath("runc"); err == nil {
			err = syscall.Exec(runc, append([]string{"runc"}, os.Args[1:]...), os.Environ())
		}
	}
	fmt.Fprintln(os.Stderr, "bounded-runc:", err)
	os.Exit(1)
}
