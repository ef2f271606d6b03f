// Writes the provider's Pulumi schema and the bridge's metadata.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfgen"

	scaleway "pulumi-scaleway-airflow/scaleway-provider"
)

func main() {
	tfgen.MainWithMuxer("scaleway", scaleway.Provider([]byte("{}")))
}
