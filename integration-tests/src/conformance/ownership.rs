//! An owner who hands over in two steps, as OpenZeppelin's Ownable2Step: whoever is offered the ownership has to take
//! it, so it cannot be lost to an address that nobody has a key of.

use alloy_primitives::Address as Eth;
use alloy_sol_types::sol;
use fvm_shared::event::StampedEvent;
use holdfast_localnet::Wallet;

use super::{Case, Cast, Stage, Subject, cases};
use crate::{Answer, Nobody, Party};

sol! {
    #![sol(all_derives)]
    /// Ownable2Step.
    interface IOwnable2Step {
        error OwnableUnauthorizedAccount(address account);

        event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);
        event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

        function owner() external view returns (address);
        function pendingOwner() external view returns (address);
        function transferOwnership(address newOwner) external;
        function acceptOwnership() external;
        function renounceOwnership() external;
    }
}
use IOwnable2Step::{
    OwnableUnauthorizedAccount, acceptOwnershipCall, ownerCall, pendingOwnerCall, renounceOwnershipCall,
    transferOwnershipCall,
};

/// Where the cases play; the maker is the owner.
pub type OwnedStage = Stage<dyn Subject>;

/// The suite.
pub const CASES: &[Case<dyn Subject>] = cases![
    the_maker_owns_and_nobody_is_offered_anything,
    an_offer_changes_nothing_yet_and_is_logged,
    whoever_was_offered_the_ownership_takes_it,
    a_new_offer_ends_the_one_before,
    an_offer_to_0x0_takes_the_offer_back,
    an_offer_to_the_owner_can_be_taken,
    an_offer_is_taken_once,
    nobody_else_takes_what_was_offered,
    nobody_but_the_owner_offers_or_renounces,
    an_owner_before_has_no_power_left,
    a_renounced_ownership_is_gone_for_good,
];

impl OwnedStage {
    #[track_caller]
    fn require_owner(&self, owner: impl Party, pending: impl Party) {
        let told = (self.ask(ownerCall {}), self.ask(pendingOwnerCall {}));
        assert_eq!(
            told,
            (self.eth(owner), self.eth(pending)),
            "owner and pending owner"
        );
    }

    #[track_caller]
    fn offer(&mut self, from: &Wallet, to: impl Party) -> Answer<()> {
        let to: Eth = self.eth(to);
        self.call(from, transferOwnershipCall { newOwner: to })
            .map(|_| ())
    }

    #[track_caller]
    fn accept(&mut self, who: &Wallet) -> Answer<()> {
        self.call(who, acceptOwnershipCall {}).map(|_| ())
    }

    #[track_caller]
    fn renounce(&mut self, who: &Wallet) -> Answer<()> {
        self.call(who, renounceOwnershipCall {}).map(|_| ())
    }

    fn started(&self, from: impl Party, to: impl Party) -> StampedEvent {
        let (previous, new) = (self.eth(from), self.eth(to));
        self.log(&IOwnable2Step::OwnershipTransferStarted {
            previousOwner: previous,
            newOwner: new,
        })
    }

    fn passed(&self, from: impl Party, to: impl Party) -> StampedEvent {
        let (previous, new) = (self.eth(from), self.eth(to));
        self.log(&IOwnable2Step::OwnershipTransferred {
            previousOwner: previous,
            newOwner: new,
        })
    }

    #[track_caller]
    fn unauthorized(&self, answer: Answer<()>, who: &Wallet) {
        let account = self.eth(who);
        answer.reverts(OwnableUnauthorizedAccount { account });
    }
}

fn the_maker_owns_and_nobody_is_offered_anything(s: &mut OwnedStage) {
    s.require_owner(&s.cast.maker, Nobody);
}

fn an_offer_changes_nothing_yet_and_is_logged(s: &mut OwnedStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let logs = [s.started(&maker, &recipient)];
    s.offer(&maker, &recipient).emits(&logs).ok();
    s.require_owner(&maker, &recipient);
}

fn whoever_was_offered_the_ownership_takes_it(s: &mut OwnedStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    let logs = [s.passed(&maker, &recipient)];
    s.accept(&recipient).emits(&logs).ok();
    s.require_owner(&recipient, Nobody);
}

fn a_new_offer_ends_the_one_before(s: &mut OwnedStage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    let logs = [s.started(&maker, &spender)];
    s.offer(&maker, &spender).emits(&logs).ok();
    let late = s.accept(&recipient);
    s.unauthorized(late, &recipient);
    s.accept(&spender).ok();
    s.require_owner(&spender, Nobody);
}

fn an_offer_to_0x0_takes_the_offer_back(s: &mut OwnedStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    let logs = [s.started(&maker, Nobody)];
    s.offer(&maker, Nobody).emits(&logs).ok();
    s.require_owner(&maker, Nobody);
    let late = s.accept(&recipient);
    s.unauthorized(late, &recipient);
}

fn an_offer_to_the_owner_can_be_taken(s: &mut OwnedStage) {
    let maker = s.cast.maker.clone();
    s.offer(&maker, &maker).ok();
    s.require_owner(&maker, &maker);
    let logs = [s.passed(&maker, &maker)];
    s.accept(&maker).emits(&logs).ok();
    s.require_owner(&maker, Nobody);
}

fn an_offer_is_taken_once(s: &mut OwnedStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    s.accept(&recipient).ok();
    let again = s.accept(&recipient);
    s.unauthorized(again, &recipient);
}

fn nobody_else_takes_what_was_offered(s: &mut OwnedStage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    for who in [&stranger, &maker, &recipient] {
        let unasked = s.accept(who);
        s.unauthorized(unasked, who);
    }
    s.offer(&maker, &recipient).ok();
    for who in [&stranger, &maker] {
        let unasked = s.accept(who);
        s.unauthorized(unasked, who);
    }
}

fn nobody_but_the_owner_offers_or_renounces(s: &mut OwnedStage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    for who in [&stranger, &recipient] {
        let offered = s.offer(who, who);
        s.unauthorized(offered, who);
        let renounced = s.renounce(who);
        s.unauthorized(renounced, who);
    }
    s.require_owner(&maker, &recipient);
}

fn an_owner_before_has_no_power_left(s: &mut OwnedStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    s.accept(&recipient).ok();
    let offered = s.offer(&maker, &maker);
    s.unauthorized(offered, &maker);
    let renounced = s.renounce(&maker);
    s.unauthorized(renounced, &maker);
}

fn a_renounced_ownership_is_gone_for_good(s: &mut OwnedStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.offer(&maker, &recipient).ok();
    let logs = [s.passed(&maker, Nobody)];
    s.renounce(&maker).emits(&logs).ok();
    s.require_owner(Nobody, Nobody);
    let late = s.accept(&recipient);
    s.unauthorized(late, &recipient);
    let offered = s.offer(&maker, &maker);
    s.unauthorized(offered, &maker);
}
