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
	folder := req.GetInfo().GetProgramDirectory()
	node, err := nodeFor(folder)
	if err != nil {
		return err
	}
	command, arguments := pluginCommand(req)
	runner, err := findUp(folder, filepath.Join("node_modules", "@pulumi", "pulumi", "cmd", command))
	if err != nil {
		return fmt.Errorf("the package @pulumi/pulumi is not installed in %s: run `npm ci` there", folder)
	}

	plugin := exec.CommandContext(stream.Context(), node, append([]string{runner}, arguments...)...)
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

// pluginCommand is the command of @pulumi/pulumi that runs a kind of plugin, and its arguments.
func pluginCommand(req *pulumirpc.RunPluginRequest) (string, []string) {
	program := filepath.Join(req.GetInfo().GetProgramDirectory(), req.GetInfo().GetEntryPoint())
	if req.GetKind() == "analyzer" {
		return "run-policy-pack", append(req.GetArgs(), program)
	}
	return "run-plugin", append([]string{program}, req.GetArgs()...)
}
