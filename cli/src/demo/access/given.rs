//! Grants: from the hospital, and from hand to hand.

use anyhow::Result;
use fvm_shared::address::Address;
use holdfast_api::access::{
    GRANT, GrantId, GrantParams, GrantTerms, PlanId, PurchaseAt, READ, RELAY, Reason, method,
};
use holdfast_localnet::Wallet;

use super::scene::{GENOMES, Scene, WARD, path};
use crate::demo::refusal;
use crate::demo::tell::{chapter, say};

/// The grants that the story comes back to.
#[derive(Clone, Copy)]
pub(super) struct Grants {
    /// What Erin has bought.
    pub(super) bought: GrantId,
    /// What the hospital gave Erin, to give on.
    pub(super) erins: GrantId,
    /// What Erin gave Frank from it.
    pub(super) franks: GrantId,
    /// What Grace has.
    pub(super) graces: GrantId,
}

/// What is bought cannot be given on; what the hospital gives for it can.
///
/// # Errors
/// When it is otherwise.
pub(super) fn on(scene: &mut Scene<'_>, plan: PlanId) -> Result<Grants> {
    let bought = refused(scene, plan)?;
    chapter("The hospital gives Erin a grant that she can give on; she gives it to Frank, her student");
    let (hospital, erin, frank) = (
        scene.hospital.clone(),
        scene.erin.wallet.clone(),
        scene.frank.wallet.address(),
    );
    let terms = folder(READ | GRANT);
    let erins = give(scene, &hospital, (erin.address(), terms), None)?;
    let franks = give(scene, &erin, (frank, folder(READ)), Some(erins))?;
    say("  Both are for the folder `ward`. Frank's came through Erin's, and counts as long as hers does.");
    chapter("Grace, who stores the files, may relay them: pass them on without reading");
    let grace = scene.grace.address();
    let graces = give(scene, &hospital, (grace, GrantTerms::plain(RELAY)), None)?;
    Ok(Grants {
        bought,
        erins,
        franks,
        graces,
    })
}

/// Erin tries to give Frank a part of her subscription.
fn refused(scene: &mut Scene<'_>, plan: PlanId) -> Result<GrantId> {
    chapter("Refused: Erin gives Frank, her student, a part of what she has bought");
    let erin = scene.erin.wallet.clone();
    let subject = erin.address();
    let bought = scene
        .ask::<method::GetPurchase>(&PurchaseAt { plan, subject })?
        .grant;
    let params = GrantParams {
        data_set: scene.data_set,
        subject: scene.frank.wallet.address(),
        terms: folder(READ),
        from: Some(bought),
    };
    let (interface, access) = (scene.interface.clone(), scene.access);
    refusal::fails(
        scene.chain,
        (&erin, &access),
        (&interface, "Grant"),
        &params,
        "WiderThanAbove",
    )?;
    Ok(bought)
}

/// Actions in the folder `ward`, until they are taken back.
fn folder(actions: u8) -> GrantTerms {
    GrantTerms {
        scope: path(WARD),
        ..GrantTerms::plain(actions)
    }
}

fn give(
    scene: &mut Scene<'_>,
    by: &Wallet,
    (subject, terms): (Address, GrantTerms),
    from: Option<GrantId>,
) -> Result<GrantId> {
    let params = GrantParams {
        data_set: scene.data_set,
        subject,
        terms,
        from,
    };
    let receipt = scene.tell::<method::Grant>(by, &params)?;
    scene.chain.report(&receipt)?;
    Ok(receipt.decode()?)
}

/// The one question to the actor, for everybody.
///
/// # Errors
/// When an answer is not as told.
pub(super) fn asked(scene: &Scene<'_>, grants: Grants) -> Result<()> {
    chapter("HasAccess: anyone asks, nobody pays, and the answer says why");
    let by = |grant| Reason::Granted { grant };
    let nothing = Reason::Nothing {};
    let (erin, frank, grace) = (&scene.erin.wallet, &scene.frank.wallet, &scene.grace);
    scene.expect(erin, (READ, GENOMES), &by(grants.bought))?;
    scene.expect(frank, (READ, WARD), &by(grants.franks))?;
    scene.expect(frank, (READ, GENOMES), &nothing)?;
    scene.expect(grace, (READ, WARD), &nothing)?;
    scene.expect(grace, (RELAY, WARD), &by(grants.graces))?;
    scene.expect(&scene.heidi, (READ, WARD), &nothing)
}
