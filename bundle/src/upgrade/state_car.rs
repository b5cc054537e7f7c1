//! State trees in CARs.

use std::cell::RefCell;

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;

use super::{Upgrade, upgrade};
use crate::car::Car;
use crate::{Bundle, Error, Result};

/// Upgrades the state tree at the root of a CAR. The new CAR has the new state's root, all blocks of the old CAR, the
/// new blocks of the tree, and the two blocks of the new manifest; the actors' code comes with the bundle.
///
/// # Errors
/// Those of [`upgrade`].
pub fn upgrade_car(state: &Car, to: &Bundle) -> Result<(Car, Upgrade)> {
    let overlay = Overlay {
        base: state,
        new: RefCell::new(Car::new(state.root())),
    };
    let upgrade = upgrade(&overlay, &state.root(), to.manifest())?;
    let mut car = Car::new(upgrade.after);
    let manifest = [to.root(), to.manifest().data()];
    let new = overlay.new.into_inner();
    let blocks = new.blocks().iter().chain(state.blocks());
    for cid in manifest {
        let block = to.car().block(&cid).ok_or_else(|| Error::MissingBlock {
            what: "a block of the new manifest".to_owned(),
            cid: Box::new(cid),
        })?;
        car.insert(cid, block.to_vec());
    }
    for (cid, data) in blocks {
        car.insert(*cid, data.clone());
    }
    Ok((car, upgrade))
}

/// Reads through to a CAR, and keeps what is written for itself.
pub(super) struct Overlay<'a> {
    pub(super) base: &'a Car,
    pub(super) new: RefCell<Car>,
}

impl Blockstore for Overlay<'_> {
    fn get(&self, cid: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        let new = self.new.borrow();
        let block = self.base.block(cid).or_else(|| new.block(cid));
        Ok(block.map(<[u8]>::to_vec))
    }

    fn put_keyed(&self, cid: &Cid, block: &[u8]) -> anyhow::Result<()> {
        self.new.borrow_mut().insert(*cid, block.to_vec());
        Ok(())
    }
}
