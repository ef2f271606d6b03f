package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// manifest is what matters here of a package.json.
type manifest struct {
	Name            string            `json:"name"`
	Version         string            `json:"version"`
	Dependencies    map[string]string `json:"dependencies"`
	DevDependencies map[string]string `json:"devDependencies"`
	Pulumi          struct {
		Resource bool   `json:"resource"`
		Name     string `json:"name"`
		Version  string `json:"version"`
		Server   string `json:"server"`
	} `json:"pulumi"`
}

func readManifest(folder string) (manifest, error) {
	var read manifest
	data, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return read, err
	}
	if err := json.Unmarshal(data, &read); err != nil {
		return read, fmt.Errorf("%s: %w", filepath.Join(folder, "package.json"), err)
	}
	return read, nil
}

// requiredPackages lists the Pulumi providers whose SDKs are installed in the project.
func requiredPackages(root string) ([]*pulumirpc.PackageDependency, error) {
	modules, err := findUp(root, "node_modules")
	if err != nil {
		return nil, nil
	}
	folders, err := packageFolders(modules)
	if err != nil {
		return nil, err
	}
	var packages []*pulumirpc.PackageDependency
	for _, folder := range folders {
		found, err := readManifest(folder)
		if err != nil || !found.Pulumi.Resource {
			continue // a folder without a usable package.json is no package
		}
		packages = append(packages, &pulumirpc.PackageDependency{
			Name:    found.Pulumi.Name,
			Kind:    "resource",
			Version: found.Pulumi.Version,
			Server:  found.Pulumi.Server,
		})
	}
	return packages, nil
}

// packageFolders lists the packages in node_modules, those with a scope included.
func packageFolders(modules string) ([]string, error) {
	entries, err := os.ReadDir(modules)
	if err != nil {
		return nil, err
	}
	var folders []string
	for _, entry := range entries {
		folder := filepath.Join(modules, entry.Name())
		if !strings.HasPrefix(entry.Name(), "@") {
			folders = append(folders, folder)
			continue
		}
		scoped, err := packageFolders(folder)
		if err != nil {
			return nil, err
		}
		folders = append(folders, scoped...)
	}
	return folders, nil
}

// programDependencies lists the project's direct dependencies in the versions that are installed.
func programDependencies(root string) ([]*pulumirpc.DependencyInfo, error) {
	project, err := readManifest(root)
	if err != nil {
		return nil, err
	}
	names := slices.Concat(
		slices.Collect(maps.Keys(project.Dependencies)), slices.Collect(maps.Keys(project.DevDependencies)),
	)
	slices.Sort(names)
	var dependencies []*pulumirpc.DependencyInfo
	for _, name := range slices.Compact(names) {
		folder, err := findUp(root, filepath.Join("node_modules", filepath.FromSlash(name)))
		if err != nil {
			continue // not installed
		}
		if installed, err := readManifest(folder); err == nil {
			dependencies = append(dependencies, &pulumirpc.DependencyInfo{Name: name, Version: installed.Version})
		}
	}
	return dependencies, nil
}
