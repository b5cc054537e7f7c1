//! What 0x accounts and contracts sign, as wallets show it: written down apart from the actor, which has to agree with it.

alloy_sol_types::sol! {
    /// A grant.
    struct Grant {
        address signer;
        uint64 dataSet;
        address subject;
        uint8 actions;
        string scope;
        uint64 start;
        uint64 end;
        uint64 uses;
        uint64 capacity;
        uint64 refill;
        uint64 period;
        bool revocable;
        uint64 terms;
        uint64 from;
        uint64 nonce;
        uint64 deadline;
    }

    /// A grant that is taken back.
    struct Revoke {
        address signer;
        uint64 dataSet;
        address subject;
        uint64 grant;
        uint64 nonce;
        uint64 deadline;
    }

    /// Terms that are accepted.
    struct AcceptTerms {
        address signer;
        uint64 dataSet;
        uint64 version;
        bytes32 hash;
        uint64 nonce;
        uint64 deadline;
    }
}
