//! What Init takes and gives. Methods 1 to 3 have the official types, byte for byte.

use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::record;

record! {
    /// Parameters of the constructor.
    pub struct ConstructorParams {
        /// The network's name.
        pub network_name: String,
    }
}

record! {
    /// What to create.
    pub struct ExecParams {
        /// The code of its type.
        pub code_cid: Cid,
        /// The CBOR of its constructor's parameters; empty for none.
        pub constructor_params: RawBytes,
    }
}

record! {
    /// What to create under an f4 address.
    pub struct Exec4Params {
        /// The code of its type.
        pub code_cid: Cid,
        /// The CBOR of its constructor's parameters; empty for none.
        pub constructor_params: RawBytes,
        /// What follows the caller's id in the f4 address, 54 bytes at most.
        pub subaddress: RawBytes,
    }
}

record! {
    /// What was created.
    pub struct ExecReturn {
        /// The new actor's id address.
        pub id_address: Address,
        /// Its f2 address. It stays when a reorganisation of the chain gives the actor another id.
        pub robust_address: Address,
    }
}

record! {
    /// Arguments of the Solidity method `create`.
    #[solidity]
    pub struct CreateParams {
        /// The type's number, the position in the manifest.
        pub actor_type: u32,
        /// The CBOR of its constructor's parameters; empty for none.
        pub params: RawBytes,
    }
}

record! {
    /// Results of `create` and `createCanonical`.
    #[solidity]
    pub struct CreateReturn {
        /// The new actor's id.
        pub id: u64,
        /// Its 0x address, the masked form of the id.
        pub actor: EthAddress,
    }
}
