//! What Init reports.

use holdfast_runtime::event;
use holdfast_runtime::evm::EthAddress;

event! {
    /// An actor of a type from 17 on was created, by whichever method. An Ethereum receipt has no return data, so
    /// this is where a wallet finds the new actor. Official types leave no event, as with the official Init.
    log Created {
        /// Who called Init.
        indexed creator: EthAddress,
        /// The new actor's id.
        indexed id: u64,
        /// Its type's number, the position in the manifest.
        data actor_type: u32,
    }
}
