// Encodes values with ethers, by the committed Solidity interfaces, and decodes what it encoded. One JSON array on the
// input, of {"interface", "kind", "key", "values"}: a function or its result by selector, an error by selector, an event
// by topic. On the output, in the same order, {"data", "topics", "values"}.
"use strict";
const fs = require("node:fs");
const { library, humanReadable } = require("../lotus/wallet/common.cjs");

const { ethers } = library("ethers");
const interfaces = {};

function interfaceOf(name) {
    return (interfaces[name] ??= new ethers.Interface(humanReadable(name)));
}

// Numbers as digits, addresses and bytes as lower-case hex: how the other side writes them.
function plain(value) {
    if (typeof value === "bigint") return value.toString();
    if (typeof value === "string" && ethers.isAddress(value)) return value.toLowerCase();
    return typeof value === "object" ? [...value].map(plain) : value;
}

const kinds = {
    function: (iface, key, values) => {
        const data = iface.encodeFunctionData(key, values);
        return { data, topics: [], values: iface.decodeFunctionData(key, data) };
    },
    result: (iface, key, values) => {
        const data = iface.encodeFunctionResult(key, values);
        return { data, topics: [], values: iface.decodeFunctionResult(key, data) };
    },
    error: (iface, key, values) => {
        const data = iface.encodeErrorResult(key, values);
        return { data, topics: [], values: iface.decodeErrorResult(key, data) };
    },
    event: (iface, key, values) => {
        const { data, topics } = iface.encodeEventLog(key, values);
        return { data, topics, values: iface.decodeEventLog(key, data, topics) };
    },
};

const cases = JSON.parse(fs.readFileSync(0, "utf8"));
const answers = cases.map(({ interface: name, kind, key, values }) => {
    const { data, topics, values: read } = kinds[kind](interfaceOf(name), key, values);
    return { data, topics, values: plain(read) };
});
process.stdout.write(JSON.stringify(answers));
