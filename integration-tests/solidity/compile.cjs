// Compiles every contract below contracts/ to one JSON file: {name: {abi, bytecode, deployedBytecode}}.
// Usage: node compile.cjs <folder of node_modules> <output file>
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { createRequire } = require("node:module");

const [modules, output] = process.argv.slice(2);
const solc = createRequire(path.resolve(modules, "package.json"))("solc");
const root = path.resolve(__dirname, "../..");
const folder = path.join(__dirname, "contracts");

// Every contract below a folder, by its path from contracts/ with slashes.
const list = (below) =>
    fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
        const name = path.posix.join(below, entry.name);
        if (entry.isDirectory()) return list(name);
        return name.endsWith(".sol") ? [name] : [];
    });

const sources = {};
for (const file of list("").sort()) {
    sources[file] = { content: fs.readFileSync(path.join(folder, file), "utf8") };
}

// Imports are relative to contracts/, or to the top of the project, as `docs/solidity/IToken.sol`, or they name a
// package, as `@openzeppelin/contracts/token/ERC20/ERC20.sol`.
const find = (name) => {
    const bases = name.startsWith("@") ? [path.resolve(modules, "node_modules")] : [folder, root];
    for (const base of bases) {
        const file = path.resolve(base, name);
        if (file.startsWith(base) && fs.existsSync(file)) return { contents: fs.readFileSync(file, "utf8") };
    }
    return { error: `no file ${name}` };
};

const input = {
    language: "Solidity",
    sources,
    settings: {
        evmVersion: "cancun",
        optimizer: { enabled: true, runs: 200 },
        outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
    },
};
const result = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
for (const { severity, formattedMessage, sourceLocation } of result.errors ?? []) {
    // What the compiler would have others write is not ours to change.
    if (severity !== "error" && sourceLocation?.file.startsWith("@")) continue;
    console.error(formattedMessage);
    if (severity === "error") process.exitCode = 1;
}
if (process.exitCode) process.exit();

const contracts = {};
for (const file of Object.keys(sources)) {
    for (const [name, { abi, evm }] of Object.entries(result.contracts?.[file] ?? {})) {
        if (evm.bytecode.object === "") continue;
        if (contracts[name]) throw new Error(`two contracts are called ${name}`);
        contracts[name] = {
            abi,
            bytecode: `0x${evm.bytecode.object}`,
            deployedBytecode: `0x${evm.deployedBytecode.object}`,
        };
    }
}
fs.writeFileSync(`${output}.part`, JSON.stringify(contracts, null, 1) + "\n");
fs.renameSync(`${output}.part`, output);
