// Serves the bridged Scaleway provider to the Pulumi engine.
package main

import (
	"context"
	_ "embed"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"

	scaleway "pulumi-scaleway-airflow/scaleway-provider"
)

// Both files are written by pulumi-tfgen-scaleway.
var (
	//go:embed schema.json
	schema []byte
	//go:embed bridge-metadata.json
	metadata []byte
)

func main() {
	tfbridge.MainWithMuxer(context.Background(), "scaleway", scaleway.Provider(metadata), schema)
}
