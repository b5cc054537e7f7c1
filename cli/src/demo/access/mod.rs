//! The story of a data set: published, sold, given on, gated, read, taken back, and accounted for.

mod files;
mod gateway;
mod given;
mod keys;
mod money;
mod published;
mod revoked;
mod scene;
mod sold;
mod ward;

use anyhow::Result;

use self::files::Files;
use self::gateway::Gateway;
use self::ward::Ward;
use super::chain::{Chain, TokenAt};

/// Tells it. What is bought is paid for in the token of the story before.
///
/// # Errors
/// At the first thing that is not as told.
pub(super) fn told(chain: &mut Chain, token: &TokenAt, ward: &[u8]) -> Result<()> {
    let mut scene = published::set(chain, token)?;
    let files = Files::new()?;
    let key = published::data_set(&mut scene, &files)?;
    let plan = sold::offered(&mut scene)?;
    sold::bought(&mut scene, plan)?;
    let grants = given::on(&mut scene, plan)?;
    given::asked(&scene, grants)?;
    let ward = Ward::opened(&mut scene, ward)?;
    ward.visited(&mut scene)?;
    keys::sealed(&mut scene, &key)?;
    let mut gateway = Gateway::named(&mut scene)?;
    let kept = keys::opened(&scene, &files, &mut gateway)?;
    revoked::at_the_root(&mut scene, &ward, grants)?;
    revoked::rotated(&mut scene, &files)?;
    revoked::shut_out(&scene, &files, &mut gateway, &kept)?;
    gateway.anchored(&mut scene)?;
    money::fetched(&mut scene)
}
