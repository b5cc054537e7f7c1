// Command official-car writes one flavour of the official built-in actors, as
// Lotus embeds them, to a file.
//
//	official-car <flavour> <file>
package main

import (
	"fmt"
	"os"

	"github.com/filecoin-project/lotus/build"
)

const actorsVersion = 18

func main() {
	if len(os.Args) != 3 {
		fail("usage: official-car <flavour> <file>")
	}
	flavour, path := os.Args[1], os.Args[2]
	car, found := build.GetEmbeddedBuiltinActorsBundle(actorsVersion, flavour)
	if !found {
		fail(fmt.Sprintf("this Lotus has no bundle of actors v%d for %q", actorsVersion, flavour))
	}
	if err := os.WriteFile(path, car, 0o644); err != nil {
		fail(err.Error())
	}
}

func fail(sentence string) {
	fmt.Fprintln(os.Stderr, "official-car: "+sentence)
	os.Exit(1)
}
