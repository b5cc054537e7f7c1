package lotus

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/ipfs/go-cid"
	ipldcbor "github.com/ipfs/go-ipld-cbor"
	"github.com/ipld/go-car"
	carutil "github.com/ipld/go-car/util"
	"github.com/stretchr/testify/require"
	cbg "github.com/whyrusleeping/cbor-gen"

	"github.com/filecoin-project/go-state-types/builtin"
	system18 "github.com/filecoin-project/go-state-types/builtin/v18/system"
	"github.com/filecoin-project/go-state-types/manifest"

	"github.com/filecoin-project/lotus/blockstore"
	"github.com/filecoin-project/lotus/chain/state"
)

// saveTree writes a state tree as a CAR with one root. The code of the actors is left out: it is in the bundle.
func saveTree(t *testing.T, store blockstore.Blockstore, root cid.Cid, path string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	buffered := bufio.NewWriter(file)
	require.NoError(t, car.WriteHeader(&car.CarHeader{Roots: []cid.Cid{root}, Version: 1}, buffered))
	seen := cid.NewSet()
	for _, entry := range manifestOf(t, store, root).Entries {
		seen.Add(entry.Code)
	}
	todo := []cid.Cid{root}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !seen.Visit(at) {
			continue
		}
		block, err := store.Get(context.Background(), at)
		require.NoError(t, err, "block %s of the state", at)
		require.NoError(t, carutil.LdWrite(buffered, at.Bytes(), block.RawData()))
		todo = append(todo, links(t, at, block.RawData())...)
	}
	require.NoError(t, buffered.Flush())
}

// openTree reads a CAR with one root into a store of its own.
func openTree(t *testing.T, path string) (blockstore.Blockstore, cid.Cid) {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	store := blockstore.NewMemorySync()
	header, err := car.LoadCar(context.Background(), store, bufio.NewReader(file))
	require.NoError(t, err)
	require.Len(t, header.Roots, 1)
	return store, header.Roots[0]
}

// manifestOf is the list of names and code CIDs that the tree's system actor holds.
func manifestOf(t *testing.T, store blockstore.Blockstore, root cid.Cid) manifest.ManifestData {
	t.Helper()
	blocks := ipldcbor.NewCborStore(store)
	tree, err := state.LoadStateTree(blocks, root)
	require.NoError(t, err)
	system, err := tree.GetActor(builtin.SystemActorAddr)
	require.NoError(t, err)
	var held system18.State
	require.NoError(t, blocks.Get(context.Background(), system.Head, &held))
	var listed manifest.ManifestData
	require.NoError(t, blocks.Get(context.Background(), held.BuiltinActors, &listed))
	return listed
}

// links are those of a block that lead to further blocks of the state.
func links(t *testing.T, at cid.Cid, block []byte) (found []cid.Cid) {
	t.Helper()
	if at.Prefix().Codec != cid.DagCBOR {
		return nil
	}
	require.NoError(t, cbg.ScanForLinks(bytes.NewReader(block), func(link cid.Cid) {
		if stored(link) {
			found = append(found, link)
		}
	}))
	return found
}
