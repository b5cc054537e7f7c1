//! The token: one fungible token with two faces, FRC-46 for Filecoin callers and ERC-20 for Ethereum ones.

mod errors;
mod ethereum;
pub mod events;
mod types;

pub use errors::TokenError;
pub use ethereum::*;
pub use types::*;

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::{Bytes32, EthAddress, Uint48};
use holdfast_runtime::methods;

methods! {
    /// A fungible token with 18 decimals. FRC-46 and ERC-20 callers work on the same balances and allowances.
    pub interface Token("token") {
        errors TokenError;
        events [
            events::Transfer, events::Approval, events::OwnershipTransferStarted, events::OwnershipTransferred,
            events::Paused, events::Unpaused, events::MinterSet, events::BurnerSet, events::PauserSet,
            events::SupplyCapLowered, events::DelegateChanged, events::DelegateVotesChanged,
        ];
        methods {
            /// Creates the token. Init calls it; the owner is a parameter, since the caller is always Init.
            constructor Constructor(ConstructorParams), from Init;

            /// The name.
            view Name() -> String, from Anyone, solidity name in ERC20Metadata;
            /// The ticker symbol.
            view Symbol() -> String, from Anyone, solidity symbol in ERC20Metadata;
            /// The smallest unit that moves, atto-tokens: always 1.
            view Granularity() -> u64, from Anyone;
            /// All tokens that exist, atto-tokens.
            view TotalSupply() -> TokenAmount, from Anyone, solidity totalSupply in ERC20;
            /// The balance of an address, atto-tokens; 0 for one that has no actor.
            view BalanceOf(Address) -> TokenAmount, from Anyone, solidity balanceOf in ERC20;
            /// What an operator may still spend of an owner's tokens, atto-tokens. 2^256 - 1 is without end.
            view Allowance(GetAllowanceParams) -> TokenAmount, from Anyone, solidity allowance in ERC20;

            /// Moves the caller's tokens and tells the recipient by the receiver hook, whose failure refuses the transfer.
            call Transfer(TransferParams) -> TransferReturn, from Anyone;
            /// Moves an owner's tokens on the caller's allowance and tells the recipient by the receiver hook.
            call TransferFrom(TransferFromParams) -> TransferFromReturn, from Anyone;
            /// Raises an allowance; gives the new one. Saturates at 2^256 - 1, which is without end.
            call IncreaseAllowance(IncreaseAllowanceParams) -> TokenAmount, from Anyone;
            /// Lowers an allowance, at most to zero; gives the new one. An endless one is lowered as any number is.
            call DecreaseAllowance(DecreaseAllowanceParams) -> TokenAmount, from Anyone;
            /// Sets an allowance to zero. Never paused.
            call RevokeAllowance(RevokeAllowanceParams), from Anyone;
            /// Destroys some of the caller's tokens. Never paused.
            call Burn(BurnParams) -> BurnReturn, from Anyone, solidity burn;
            /// Destroys some of an owner's tokens on the caller's allowance. Never paused.
            call BurnFrom(BurnFromParams) -> BurnFromReturn, from Anyone;
            /// Makes new tokens, within the minter's cap and the supply cap, and tells the recipient by the receiver hook.
            call Mint(MintParams) -> MintReturn, from Anyone;
            /// Moves the caller's tokens to up to 200 recipients at once and then tells each by the receiver hook; one that refuses
            /// refuses all. Gives the caller's balance afterwards.
            call BatchTransfer(BatchParams) -> TokenAmount, from Anyone;
            /// Makes new tokens for up to 200 recipients at once and then tells each by the receiver hook; one that refuses refuses
            /// all. Gives the supply afterwards.
            call BatchMint(BatchParams) -> TokenAmount, from Anyone;

            /// Destroys tokens of any holder. For the burner that the owner has named.
            call BurnByRole(BurnByRoleParams) -> TokenAmount, from Anyone, solidity burnByRole;
            /// Lets an actor mint up to a cap of atto-tokens from now on; zero takes the right away. Owner only.
            call SetMinter(SetMinterParams), from Anyone, solidity setMinter;
            /// Names the burner, or nobody. Owner only.
            call SetBurner(Option<Address>), from Anyone;
            /// Names the pauser, or nobody. Owner only.
            call SetPauser(Option<Address>), from Anyone;
            /// Stops transfers, mints and new allowances. Pauser or owner.
            call Pause(), from Anyone, solidity pause;
            /// Lets them go on. Pauser or owner.
            call Unpause(), from Anyone, solidity unpause;
            /// Whether the token is paused.
            view IsPaused() -> bool, from Anyone, solidity paused;
            /// Lowers the supply cap, atto-tokens, not below what exists. It never rises. Owner only.
            call LowerSupplyCap(TokenAmount), from Anyone, solidity lowerSupplyCap;
            /// The supply cap, atto-tokens. 2^256 - 1 if there is none.
            view SupplyCap() -> TokenAmount, from Anyone, solidity cap;
            /// What a minter may still mint, atto-tokens.
            view MinterCap(Address) -> TokenAmount, from Anyone, solidity minterCap;
            /// Owner, pending owner, burner and pauser.
            view Roles() -> RolesReturn, from Anyone;

            /// Offers the ownership to somebody, who has to accept it. Owner only.
            call TransferOwnership(Address), from Anyone, solidity transferOwnership;
            /// Takes an offered ownership.
            call AcceptOwnership(), from Anyone, solidity acceptOwnership;
            /// Gives the ownership up for good; caps, minters, burner and pauser stay as they are. Owner only.
            call RenounceOwnership(), from Anyone, solidity renounceOwnership;

            /// Holders and their balances, page by page.
            view ListHolders(ListHoldersParams) -> ListHoldersReturn, from Anyone;

            /// Whether holders can delegate votes.
            view IsVoting() -> bool, from Anyone, solidity isVoting;
            /// Delegates the caller's votes, one an atto-token, to somebody; to nobody by 0x0. The caller itself is somebody. Never
            /// paused.
            call Delegate(Address), from Anyone, solidity delegate in ERC5805;
            /// Whom an address has delegated its votes to; null for nobody.
            view DelegateOf(Address) -> Option<ActorID>, from Anyone;
            /// The votes that are delegated to an address now.
            view Votes(Address) -> TokenAmount, from Anyone, solidity getVotes in ERC5805;
            /// The votes that an address had at the end of a past epoch.
            view PastVotes(PastVotesParams) -> TokenAmount, from Anyone;
            /// All tokens that existed at the end of a past epoch, delegated or not, atto-tokens.
            view PastTotalSupply(ChainEpoch) -> TokenAmount, from Anyone;
        }
        solidity {
            /// How many decimals tools show: 18.
            view decimals() -> u8, from Anyone in ERC20Metadata;
            /// Moves the caller's tokens. No receiver hook.
            call transfer(Erc20TransferParams) -> bool, from Anyone in ERC20;
            /// Moves an owner's tokens on the caller's allowance. No receiver hook.
            call transferFrom(Erc20TransferFromParams) -> bool, from Anyone in ERC20;
            /// Sets an allowance. Setting one to zero is never paused.
            call approve(ApproveParams) -> bool, from Anyone in ERC20;
            /// Sets an allowance by the owner's EIP-712 signature (ERC-2612).
            call permit(PermitParams), from Anyone in ERC20Permit;
            /// The next nonce of an owner's permits.
            view nonces(Address) -> TokenAmount, from Anyone in ERC20Permit;
            /// The EIP-712 domain separator of this token on this chain.
            view DOMAIN_SEPARATOR() -> Bytes32, from Anyone in ERC20Permit;
            /// The EIP-712 domain (ERC-5267).
            view eip712Domain() -> Eip712Domain, from Anyone in ERC5267;
            /// Moves the caller's tokens to up to 200 recipients at once, the n-th value to the n-th recipient. No receiver hook.
            call batchTransfer(SolidityBatchParams) -> bool, from Anyone;
            /// Makes new tokens for up to 200 recipients at once, the n-th value for the n-th recipient. No receiver hook.
            call batchMint(SolidityBatchParams), from Anyone;
            /// Moves the caller's tokens and asks the recipient's `onTransferReceived`, whose refusal refuses the transfer.
            call transferAndCall(Erc20TransferParams) -> bool, from Anyone in ERC1363;
            /// The same with data for the recipient.
            call transferAndCallWithData(TransferAndCallParams) -> bool, from Anyone, named transferAndCall in ERC1363;
            /// Moves an owner's tokens on the caller's allowance and asks the recipient's `onTransferReceived`.
            call transferFromAndCall(Erc20TransferFromParams) -> bool, from Anyone in ERC1363;
            /// The same with data for the recipient.
            call transferFromAndCallWithData(TransferFromAndCallParams) -> bool, from Anyone,
                named transferFromAndCall in ERC1363;
            /// Sets an allowance and asks the spender's `onApprovalReceived`, whose refusal refuses the allowance.
            call approveAndCall(ApproveParams) -> bool, from Anyone in ERC1363;
            /// The same with data for the spender.
            call approveAndCallWithData(ApproveAndCallParams) -> bool, from Anyone, named approveAndCall in ERC1363;
            /// Whom an address has delegated its votes to; 0x0 for nobody.
            view delegates(Address) -> EthAddress, from Anyone in ERC5805;
            /// The votes that an address had at the end of a past epoch.
            view getPastVotes(GetPastVotesParams) -> TokenAmount, from Anyone in ERC5805;
            /// All tokens that existed at the end of a past epoch, delegated or not, atto-tokens.
            view getPastTotalSupply(TokenAmount) -> TokenAmount, from Anyone in ERC5805;
            /// Delegates a holder's votes by the holder's EIP-712 signature. It uses the nonces of the permits.
            call delegateBySig(DelegateBySigParams), from Anyone in ERC5805;
            /// The clock of the votes: the epoch.
            view clock() -> Uint48, from Anyone in ERC6372;
            /// What the clock counts: `mode=blocknumber&from=default`, since `block.number` is the epoch too.
            view CLOCK_MODE() -> String, from Anyone in ERC6372;
            /// Makes new tokens, within the minter's cap and the supply cap. No receiver hook.
            call mint(Erc20MintParams), from Anyone;
            /// Destroys some of an owner's tokens on the caller's allowance.
            call burnFrom(Erc20BurnFromParams), from Anyone;
            /// The owner; 0x0 when there is none.
            view owner() -> EthAddress, from Anyone;
            /// Whom the ownership is offered to; 0x0 when to nobody.
            view pendingOwner() -> EthAddress, from Anyone;
            /// Names the burner; 0x0 for nobody. Owner only.
            call setBurner(Address), from Anyone;
            /// Names the pauser; 0x0 for nobody. Owner only.
            call setPauser(Address), from Anyone;
        }
    }
}
