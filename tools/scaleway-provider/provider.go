// Package scaleway joins the Scaleway Terraform provider to Pulumi through the Terraform bridge,
// with the tokens of the resources and data sources that this project uses.
package scaleway

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	shimv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	terraform "github.com/scaleway/terraform-provider-scaleway/v2/provider"
)

// sdkJSON is written by the build from the npm package that programs use.
//
//go:embed sdk.json
var sdkJSON []byte

type npmSDK struct {
	Version string `json:"version"`
	// Resources maps a Terraform resource's name to its Pulumi type token.
	Resources map[string]tokens.Type `json:"resources"`
	// DataSources maps a Terraform data source's name to its Pulumi function token.
	DataSources map[string]tokens.ModuleMember `json:"dataSources"`
}

// Provider describes the bridged provider; metadata is the bridge's own record, which tfgen makes.
func Provider(metadata []byte) tfbridge.ProviderInfo {
	sdk := readSDK()
	upstream := pfbridge.MuxShimWithPF(
		context.Background(),
		shimv2.NewProvider(terraform.SDKProvider(nil)()),
		terraform.NewFrameworkProvider(nil)(),
	)
	info := tfbridge.ProviderInfo{
		P:                       upstream,
		Name:                    "scaleway",
		DisplayName:             "Scaleway",
		Description:             "The Scaleway provider, built from source with the resources of one project",
		Publisher:               "pulumiverse",
		PluginDownloadURL:       "github://api.github.com/pulumiverse",
		GitHubOrg:               "scaleway",
		TFProviderModuleVersion: "v2",
		Version:                 sdk.Version,
		MetadataInfo:            tfbridge.NewProviderMetadata(metadata),
		Config:                  config(),
		Resources:               map[string]*tfbridge.ResourceInfo{},
		DataSources:             map[string]*tfbridge.DataSourceInfo{},
		IgnoreMappings:          everything(upstream),
	}
	for name, token := range sdk.Resources {
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: token, Fields: keptLists[name]}
	}
	for name, token := range sdk.DataSources {
		info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: token}
	}
	info.SetAutonaming(255, "-")
	return info
}

// keptLists are the fields that upstream has since limited to one item; the npm SDK keeps its older list.
var keptLists = map[string]map[string]*tfbridge.SchemaInfo{
	"scaleway_container": {
		"health_check": {
			MaxItemsOne: tfbridge.False(),
			Elem: &tfbridge.SchemaInfo{Fields: map[string]*tfbridge.SchemaInfo{
				"http": {MaxItemsOne: tfbridge.False()},
			}},
		},
	},
}

func readSDK() npmSDK {
	var sdk npmSDK
	if err := json.Unmarshal(sdkJSON, &sdk); err != nil {
		panic(fmt.Errorf("sdk.json: %w", err))
	}
	return sdk
}

// config leaves the environment to the upstream provider: it reads the same variables itself, and would warn of two
// sources if the bridge read them too.
func config() map[string]*tfbridge.SchemaInfo {
	return map[string]*tfbridge.SchemaInfo{
		"access_key": {Secret: tfbridge.True()},
		"secret_key": {Secret: tfbridge.True()},
	}
}

// everything names all that the upstream provider has: an explicit mapping goes before the ignored name.
func everything(upstream shim.Provider) []string {
	names := map[string]bool{}
	add := func(name string, _ shim.Resource) bool {
		names[name] = true
		return true
	}
	upstream.ResourcesMap().Range(add)
	upstream.DataSourcesMap().Range(add)
	for name := range upstream.Functions() {
		names[name] = true
	}
	return slices.Sorted(maps.Keys(names))
}
