//! Groups.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_runtime::record;

record! {
    /// Members of a group.
    #[solidity]
    pub struct MembersParams {
        /// The group.
        pub group: u64,
        /// 1 to 200, in any address form.
        pub members: Vec<Address>,
    }
}

record! {
    /// A page of a group's members.
    pub struct ListMembersParams {
        /// The group.
        pub group: u64,
        /// The first member.
        pub start: ActorID,
        /// The most members, 1 to 1 000.
        pub limit: u64,
    }
}

record! {
    /// A page of a group's members.
    pub struct ListMembersReturn {
        /// By rising id.
        pub members: Vec<ActorID>,
        /// The next member; null after the last one.
        pub next: Option<ActorID>,
    }
}

record! {
    /// Somebody in a group.
    #[solidity]
    pub struct InGroupParams {
        /// The group.
        pub group: u64,
        /// Who, in any address form.
        pub member: Address,
    }
}
