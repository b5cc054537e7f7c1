// Command official-car writes one bundle of the official built-in actors, as
// Lotus embeds them, to a file.
//
//	official-car <version> <flavour> <file>
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/filecoin-project/go-state-types/actors"
	"github.com/filecoin-project/lotus/build"
)

func main() {
	if len(os.Args) != 4 {
		fail("usage: official-car <version> <flavour> <file>")
	}
	flavour, path := os.Args[2], os.Args[3]
	number, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fail(fmt.Sprintf("%q is not a version of the actors", os.Args[1]))
	}
	car, found := build.GetEmbeddedBuiltinActorsBundle(actors.Version(number), flavour)
	if !found {
		fail(fmt.Sprintf("this Lotus has no bundle of actors v%d for %q", number, flavour))
	}
	if err := os.WriteFile(path, car, 0o644); err != nil {
		fail(err.Error())
	}
}

func fail(sentence string) {
	fmt.Fprintln(os.Stderr, "official-car: "+sentence)
	os.Exit(1)
}
