package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/structpb"
)

// alreadyReported is the exit status of a program that has told the engine of its error itself.
const alreadyReported = 32

// graceAfterInterrupt is how long a cancelled program may take to end by itself.
const graceAfterInterrupt = 5 * time.Second

// Run runs a program until it ends, or until the engine cancels it.
func (h *host) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	root := req.GetInfo().GetRootDirectory()
	node, err := nodeFor(root)
	if err != nil {
		return nil, err
	}
	runner, err := findUp(root, filepath.Join("node_modules", "@pulumi", "pulumi", "cmd", "run"))
	if err != nil {
		return nil, fmt.Errorf("the package @pulumi/pulumi is not installed in %s: run `npm ci` there", root)
	}
	environment, err := environment(req)
	if err != nil {
		return nil, err
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(h.lifetime, cancel)()
	program := exec.CommandContext(ctx, node, h.arguments(req, runner)...)
	program.Env = environment
	program.Stdout = os.Stdout
	program.Stderr = os.Stderr
	program.Cancel = func() error { return program.Process.Signal(syscall.SIGINT) }
	program.WaitDelay = graceAfterInterrupt
	return response(program.Run())
}

func (h *host) arguments(req *pulumirpc.RunRequest, runner string) []string {
	info := req.GetInfo()
	arguments := strings.Fields(info.GetOptions().GetFields()["nodeargs"].GetStringValue())
	arguments = append(arguments, runner,
		"--monitor", req.GetMonitorAddress(),
		"--engine", h.engine,
		"--organization", req.GetOrganization(),
		"--project", req.GetProject(),
		"--root-directory", info.GetRootDirectory(),
		"--stack", req.GetStack(),
		"--pwd", info.GetProgramDirectory(),
		"--parallel", strconv.Itoa(int(req.GetParallel())),
	)
	if req.GetDryRun() {
		arguments = append(arguments, "--dry-run")
	}
	return append(append(arguments, info.GetEntryPoint()), req.GetArgs()...)
}

// environment is this process's own, with the stack's configuration.
func environment(req *pulumirpc.RunRequest) ([]string, error) {
	config, err := json.Marshal(req.GetConfig())
	if err != nil {
		return nil, err
	}
	secretKeys := []byte("[]")
	if keys := req.GetConfigSecretKeys(); len(keys) > 0 {
		if secretKeys, err = json.Marshal(keys); err != nil {
			return nil, err
		}
	}
	return append(os.Environ(),
		"PULUMI_CONFIG="+string(config),
		"PULUMI_CONFIG_SECRET_KEYS="+string(secretKeys),
		"PULUMI_NODEJS_TYPESCRIPT="+strconv.FormatBool(usesTypeScript(req.GetInfo().GetOptions())),
	), nil
}

func usesTypeScript(options *structpb.Struct) bool {
	option, given := options.GetFields()["typescript"]
	return !given || option.GetBoolValue()
}

// response tells the engine how the program ended.
func response(err error) (*pulumirpc.RunResponse, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case !errors.As(err, &exit):
		return nil, err
	case exit.ExitCode() == alreadyReported:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case exit.ExitCode() < 0:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program was stopped: %v", exit)}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program ended with status %d", exit.ExitCode())}, nil
	}
}

// nodeFor is the Node.js that the project has as a dependency, or else the one on PATH.
func nodeFor(root string) (string, error) {
	if node, err := findUp(root, filepath.Join("node_modules", ".bin", "node")); err == nil {
		return node, nil
	}
	node, err := exec.LookPath("node")
	if err != nil {
		return "", errors.New("Node.js is neither a dependency of the project nor on PATH: install it")
	}
	return node, nil
}

// findUp looks for a path in a folder and in those above it, as Node.js looks for packages.
func findUp(folder, path string) (string, error) {
	for {
		candidate := filepath.Join(folder, path)
		if _, err := os.Stat(candidate); err == nil {
			return candidate, nil
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return "", os.ErrNotExist
		}
		folder = parent
	}
}
