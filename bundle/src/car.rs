//! Reading and writing CAR files of version 1.

use std::collections::HashMap;

use cid::Cid;
use fvm_ipld_blockstore::MemoryBlockstore;
use fvm_ipld_car::{Block, CarHeader, CarReader, CarWriter};
use multihash_codetable::{Code, MultihashDigest};

use crate::{Error, Result};

const RAW: u64 = 0x55;
const DAG_CBOR: u64 = 0x71;

/// One root and the blocks below it, in the order of the file.
#[derive(Clone, Debug)]
pub struct Car {
    root: Cid,
    blocks: Vec<(Cid, Vec<u8>)>,
    index: HashMap<Cid, usize>,
}

impl Car {
    /// A CAR with a root and no block yet.
    pub fn new(root: Cid) -> Self {
        Self {
            root,
            blocks: Vec::new(),
            index: HashMap::new(),
        }
    }

    /// Reads a CAR and checks the hash of every block.
    ///
    /// # Errors
    /// When the bytes are no CAR, the number of roots is not 1, or a block's bytes do not match its CID.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let not_a_car = |error: fvm_ipld_car::Error| Error::NotACar(error.to_string());
        let reader = CarReader::new_unchecked(bytes).map_err(not_a_car)?;
        let &[root] = reader.header.roots.as_slice() else {
            return Err(Error::Roots(reader.header.roots.len()));
        };
        let mut car = Self::new(root);
        for block in reader {
            let Block { cid, data } = block.map_err(not_a_car)?;
            check_hash(&cid, &data)?;
            car.insert(cid, data);
        }
        Ok(car)
    }

    /// The bytes of the CAR: the same blocks in the same order give the same bytes.
    ///
    /// # Errors
    /// When a block cannot be encoded.
    pub fn write(&self) -> Result<Vec<u8>> {
        let not_a_car = |error: fvm_ipld_car::Error| Error::NotACar(error.to_string());
        let mut bytes = Vec::new();
        let header = CarHeader::from(vec![self.root]);
        let mut writer = CarWriter::new(header, &mut bytes).map_err(not_a_car)?;
        for (cid, data) in &self.blocks {
            let (cid, data) = (*cid, data.clone());
            writer.write(Block { cid, data }).map_err(not_a_car)?;
        }
        Ok(bytes)
    }

    /// The root.
    pub fn root(&self) -> Cid {
        self.root
    }

    /// The blocks in the order of the file.
    pub fn blocks(&self) -> &[(Cid, Vec<u8>)] {
        &self.blocks
    }

    /// The bytes of a block, if the CAR holds it.
    pub fn block(&self, cid: &Cid) -> Option<&[u8]> {
        let at = *self.index.get(cid)?;
        self.blocks.get(at).map(|(_, data)| data.as_slice())
    }

    /// Adds a block at the end, unless it is there already.
    pub(crate) fn insert(&mut self, cid: Cid, data: Vec<u8>) {
        if self.index.contains_key(&cid) {
            return;
        }
        self.index.insert(cid, self.blocks.len());
        self.blocks.push((cid, data));
    }

    /// A copy of the blocks as an FVM blockstore.
    pub fn to_blockstore(&self) -> MemoryBlockstore {
        let store = MemoryBlockstore::new();
        for (cid, data) in &self.blocks {
            store.put_keyed_infallible(cid, data);
        }
        store
    }
}

/// Putting into memory cannot fail, which the trait's signature does not say.
trait PutInfallible {
    fn put_keyed_infallible(&self, cid: &Cid, data: &[u8]);
}

impl PutInfallible for MemoryBlockstore {
    fn put_keyed_infallible(&self, cid: &Cid, data: &[u8]) {
        use fvm_ipld_blockstore::Blockstore;
        self.put_keyed(cid, data)
            .expect("a blockstore in memory takes every block");
    }
}

/// The CID of a WASM module: raw bytes, blake2b-256.
pub fn code_cid(wasm: &[u8]) -> Cid {
    Cid::new_v1(RAW, Code::Blake2b256.digest(wasm))
}

/// The CID of a DAG-CBOR block: blake2b-256.
pub(crate) fn cbor_cid(bytes: &[u8]) -> Cid {
    Cid::new_v1(DAG_CBOR, Code::Blake2b256.digest(bytes))
}

fn check_hash(cid: &Cid, data: &[u8]) -> Result<()> {
    let code = Code::try_from(cid.hash().code()).map_err(|_| Error::UnknownHash(*cid))?;
    let actual = Cid::new_v1(cid.codec(), code.digest(data));
    if actual.hash() != cid.hash() {
        return Err(Error::DamagedBlock {
            expected: Box::new(*cid),
            actual: Box::new(actual),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_blocks() -> Car {
        let mut car = Car::new(code_cid(b"one"));
        car.insert(code_cid(b"one"), b"one".to_vec());
        car.insert(code_cid(b"two"), b"two".to_vec());
        car
    }

    #[test]
    fn what_is_written_is_read_back_block_by_block() {
        let bytes = two_blocks().write().unwrap();
        let car = Car::read(&bytes).unwrap();
        assert_eq!(car.root(), code_cid(b"one"));
        assert_eq!(car.blocks(), two_blocks().blocks());
        assert_eq!(car.write().unwrap(), bytes);
    }

    #[test]
    fn a_damaged_block_is_refused_and_named() {
        let mut bytes = two_blocks().write().unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        let refusal = Car::read(&bytes).unwrap_err();
        assert!(matches!(refusal, Error::DamagedBlock { expected, .. } if *expected == code_cid(b"two")));
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        let bytes = two_blocks().write().unwrap();
        let refusal = Car::read(&bytes[..bytes.len() - 1]).unwrap_err();
        assert!(matches!(refusal, Error::NotACar(_)), "{refusal}");
    }

    #[test]
    fn a_car_with_two_roots_is_refused() {
        let mut bytes = Vec::new();
        let roots = vec![code_cid(b"one"), code_cid(b"two")];
        CarWriter::new(CarHeader::from(roots), &mut bytes).unwrap();
        assert!(matches!(Car::read(&bytes), Err(Error::Roots(2))));
    }
}
