// Starts the glsa beside it with the C library that it needs: the machine's own where that is GNU's, else the one that
// travels along. So one archive serves every Linux: engines know only the system and the architecture.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	own := ownPath()
	folder := filepath.Join(filepath.Dir(own), "glsa-runtime")
	program := filepath.Join(folder, "glsa")
	arguments := os.Args
	if !isGNU(systemLoader) {
		loader := filepath.Join(folder, filepath.Base(systemLoader))
		// The name decides what glsa is: a provider of an engine, or the command.
		arguments = append([]string{loader, "--library-path", folder, "--argv0", os.Args[0], program}, os.Args[1:]...)
		program = loader
	}
	// glsa starts itself again to watch over a program, and then the loader would be what it sees as itself.
	environment := append(os.Environ(), "GLSA_LAUNCHER="+own)
	err := syscall.Exec(program, arguments, environment)
	fmt.Fprintf(os.Stderr, "glsa: %s cannot be started: %v. Install glsa again, with all files of its archive.\n", program, err)
	os.Exit(1)
}

func ownPath() string {
	if own, err := os.Executable(); err == nil {
		return own
	}
	// Without /proc.
	own, _ := filepath.Abs(os.Args[0])
	return own
}

// Layers of compatibility over another C library have a loader of this name, too, and lack what glsa calls.
func isGNU(loader string) bool {
	content, err := os.ReadFile(loader)
	return err == nil && bytes.Contains(content, []byte("GLIBC_PRIVATE"))
}
