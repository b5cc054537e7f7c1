// Signs typed data with ethers' wallet. One JSON object on the input, {"secret", "chainId", "actor", "kind", "message"}: a message
// of the access actor, of which a wallet knows no more than its interface says. On the output, {"signer", "signature"}.
"use strict";
const fs = require("node:fs");
const { library } = require("../lotus/wallet/common.cjs");

const { ethers } = library("ethers");

// The types as `actors/api/src/access/signed.rs` says them.
function typesOf(kind) {
    const source = fs.readFileSync(`${__dirname}/../../actors/api/src/access/signed.rs`, "utf8");
    const said = source.replaceAll(/\n\/\/! */g, " ");
    const [, fields] = said.match(new RegExp(` ${kind}\\(([^)]*)\\)`));
    const field = (text) => {
        const [type, name] = text.trim().split(/\s+/);
        return { name, type };
    };
    return { [kind]: fields.split(",").map(field) };
}

const { secret, chainId, actor, kind, message } = JSON.parse(fs.readFileSync(0, "utf8"));
const wallet = new ethers.Wallet(secret);
const domain = { name: "Holdfast Access", version: "1", chainId, verifyingContract: actor };
const types = typesOf(kind);
wallet.signTypedData(domain, types, { ...message, signer: wallet.address }).then((signature) => {
    process.stdout.write(JSON.stringify({ signer: wallet.address, signature }));
});
