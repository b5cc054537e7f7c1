// What the stories share: the libraries, the ABI of the generated interfaces, the compiled contracts.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const root = path.resolve(__dirname, "../../..");

// The functions, events and errors of an interface below docs/solidity, one a line, as ethers and viem read them.
function humanReadable(name) {
    const source = fs.readFileSync(path.join(root, "docs/solidity", `${name}.sol`), "utf8");
    return source.match(/^ *(function|event|error) [^;]*/gm).map((line) => line.trim());
}

function contracts() {
    return JSON.parse(fs.readFileSync(path.join(root, "target/solidity/contracts.json"), "utf8"));
}

// A library that scripts/npm-ci has installed into target/lotus/wallet.
function library(name) {
    return createRequire(path.join(root, "target/lotus/wallet/package.json"))(name);
}

module.exports = { library, humanReadable, contracts };
