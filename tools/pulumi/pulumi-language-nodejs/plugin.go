package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// RunPlugin runs a provider of components or a policy pack until it ends, or until the engine cancels it.
func (h *host) RunPlugin(
	req *pulumirpc.RunPluginRequest, stream grpc.ServerStreamingServer[pulumirpc.RunPluginResponse],
) error {
	info := req.GetInfo()
	folder := info.GetProgramDirectory()
	node, err := nodeFor(folder)
	if err != nil {
		return err
	}
	runner, err := findUp(folder, filepath.Join("node_modules", "@pulumi", "pulumi", "cmd", runnerOf(req.GetKind())))
	if err != nil {
		return fmt.Errorf("the package @pulumi/pulumi is not installed in %s: run `npm ci` there", folder)
	}

	arguments := append([]string{runner, filepath.Join(folder, info.GetEntryPoint())}, req.GetArgs()...)
	plugin := exec.CommandContext(stream.Context(), node, arguments...)
	plugin.Dir = req.GetPwd()
	plugin.Env = append(os.Environ(), req.GetEnv()...)
	var sending sync.Mutex // both outputs share the stream
	plugin.Stdout = writer(func(data []byte) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: data}})
	})
	plugin.Stderr = writer(func(data []byte) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: data}})
	})
	err = plugin.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code := &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(exit.ExitCode())}
		return stream.Send(&pulumirpc.RunPluginResponse{Output: code})
	}
	return err
}

// runnerOf names the command of @pulumi/pulumi that runs a kind of plugin.
func runnerOf(kind string) string {
	if kind == "analyzer" {
		return "run-policy-pack"
	}
	return "run-plugin"
}
