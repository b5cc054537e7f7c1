//! Makes groups and changes who is in them.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use holdfast_api::access::events::{GroupCreated, MembersAdded, MembersRemoved};
use holdfast_api::access::{AccessError, MembersParams, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::people::{everybody, known, require_batch};
use crate::state::AccessState;

impl Handle<method::CreateGroup> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, (): ()) -> Result<u64, ActorError> {
        let owner = caller.id();
        let group = rt.transaction(|st: &mut AccessState, store| {
            st.shelves.update(store, |shelves| {
                let group = shelves.next_group;
                shelves.next_group = group.saturating_add(1);
                shelves.groups.set(store, group, owner)?;
                Ok(group)
            })
        })?;
        GroupCreated { group, owner }.emit(rt)?;
        Ok(group)
    }
}

impl Handle<method::AddMembers> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: MembersParams) -> Result<(), ActorError> {
        let (group, named) = (p.group, everybody(rt, &p.members)?);
        let members: Vec<ActorID> = named.iter().map(|member| member.id).collect();
        rt.transaction(|st: &mut AccessState, scope| {
            st.require_actors(scope, caller.id(), &named)?;
            change(st, scope, (caller, group), &members, Some(()))
        })?;
        MembersAdded { group, members }.emit(rt)
    }
}

impl Handle<method::RemoveMembers> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: MembersParams) -> Result<(), ActorError> {
        require_batch(p.members.len())?;
        let members = p.members.iter().map(|member| known(rt, member));
        let (group, members) = (p.group, members.collect::<Result<Vec<_>, _>>()?);
        rt.transaction(|st: &mut AccessState, scope| change(st, scope, (caller, group), &members, None))?;
        MembersRemoved { group, members }.emit(rt)
    }
}

/// None removes.
fn change<BS: Blockstore>(
    st: &mut AccessState,
    store: &BS,
    (caller, group): (Caller, u64),
    members: &[ActorID],
    to: Option<()>,
) -> Result<(), ActorError> {
    st.shelves.update(store, |shelves| {
        let owner = shelves.groups.get(store, &group)?;
        if owner.ok_or(AccessError::NoGroup { group })? != caller.id() {
            let caller = caller.address();
            return Err(AccessError::NotGroupOwner { group, caller }.into());
        }
        let changes = members.iter().map(|member| ((group, *member), to));
        shelves.members.update(store, changes)
    })
}
