//go:build itests

package lotus

// The packages that Lotus' own tests import and nothing else here does. Without these lines `go mod tidy` would drop
// their modules from go.mod and go.sum, and scripts/lotus could not compile the tests. The tag is never set.
import (
	_ "github.com/filecoin-project/lotus/cli"
	_ "github.com/filecoin-project/lotus/cli/clicommands"
	_ "github.com/filecoin-project/lotus/gateway"
	_ "github.com/filecoin-project/lotus/itests"
	_ "github.com/go-openapi/spec"
	_ "github.com/gregdhill/go-openrpc/parse"
	_ "github.com/gregdhill/go-openrpc/types"
	_ "github.com/xeipuuv/gojsonschema"
)
