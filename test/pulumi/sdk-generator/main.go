// Runs Pulumi's own SDK generators, which `pulumi package gen-sdk` runs, on the schema that comes on standard input,
// and writes the SDKs for Node and for Python into the folder that is named.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if err := generate(os.Stdin, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(input io.Reader, folder string) error {
	node, err := bind(input)
	if err != nil {
		return err
	}
	files, err := nodejs.GeneratePackage("test", node.pkg, nil, nil, false, noOthers{})
	if err != nil {
		return err
	}
	if err := write(files, filepath.Join(folder, "nodejs")); err != nil {
		return err
	}
	again, err := node.rebind()
	if err != nil {
		return err
	}
	if files, err = python.GeneratePackage("test", again, nil, noOthers{}); err != nil {
		return err
	}
	return write(files, filepath.Join(folder, "python"))
}

type bound struct {
	spec schema.PackageSpec
	pkg  *schema.Package
}

func bind(input io.Reader) (*bound, error) {
	var result bound
	if err := json.NewDecoder(input).Decode(&result.spec); err != nil {
		return nil, err
	}
	pkg, err := result.rebind()
	result.pkg = pkg
	return &result, err
}

// A generator leaves its marks in a package, so each gets its own.
func (b *bound) rebind() (*schema.Package, error) {
	pkg, diagnostics, err := schema.BindSpec(b.spec, noOthers{}, schema.ValidationOptions{})
	if err == nil && len(diagnostics) > 0 {
		err = diagnostics
	}
	return pkg, err
}

// The schema names no other package.
type noOthers struct{}

var errNoOthers = errors.New("the schema refers to another package")

func (noOthers) LoadPackage(string, *semver.Version) (*schema.Package, error) {
	return nil, errNoOthers
}

func (noOthers) LoadPackageV2(context.Context, *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, errNoOthers
}

func (noOthers) LoadPackageReference(string, *semver.Version) (schema.PackageReference, error) {
	return nil, errNoOthers
}

func (noOthers) LoadPackageReferenceV2(context.Context, *schema.PackageDescriptor) (schema.PackageReference, error) {
	return nil, errNoOthers
}

func write(files map[string][]byte, folder string) error {
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
