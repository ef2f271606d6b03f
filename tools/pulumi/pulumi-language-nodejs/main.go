// Runs Pulumi programs and plugins written for Node.js: the engine starts it as a plugin and asks it over gRPC.
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

const healthcheckInterval = 5 * time.Second

func main() {
	if err := serve(os.Args); err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-language-nodejs: %v\n", err)
		os.Exit(1)
	}
}

// serve answers on a port of the loopback interface, which it prints, until the engine is gone.
func serve(args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("this is a plugin of the Pulumi engine, which gives its address as the last argument")
	}
	engine := args[len(args)-1]
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := rpcutil.Healthcheck(ctx, engine, healthcheckInterval, cancel); err != nil {
		return fmt.Errorf("the engine does not answer: %w", err)
	}

	stop := make(chan bool)
	go func() {
		<-ctx.Done()
		close(stop)
	}()
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: stop,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, &host{engine: engine, lifetime: ctx, cancel: cancel})
			return nil
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}
