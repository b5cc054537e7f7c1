// Trees of @openzeppelin/merkle-tree. A JSON array on the input, of {"addresses"} for a StandardMerkleTree or {"leaves"}
// for a SimpleMerkleTree that keeps their order. On the output, in the same order, {"root", "proofs"}.
"use strict";
const fs = require("node:fs");
const { library } = require("../../../integration-tests/lotus/wallet/common.cjs");

const { SimpleMerkleTree, StandardMerkleTree } = library("@openzeppelin/merkle-tree");

const answers = JSON.parse(fs.readFileSync(0, "utf8")).map(({ addresses, leaves }) => {
    const tree = addresses
        ? StandardMerkleTree.of(addresses.map((address) => [address]), ["address"])
        : SimpleMerkleTree.of(leaves, { sortLeaves: false });
    return { root: tree.root, proofs: (addresses ?? leaves).map((_, at) => tree.getProof(at)) };
});
process.stdout.write(JSON.stringify(answers));
