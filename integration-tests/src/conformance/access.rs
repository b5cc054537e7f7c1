//! Our data sets as a subject.

use fvm_shared::address::Address;
use holdfast_api::access::{Access, CreateDataSetParams, method};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::{Interface, InterfaceInfo};

use super::{FaceSubject, Subject};
use crate::World;
use crate::access::data_set;

/// The access actor, in which the maker has a data set.
#[derive(Clone, Copy, Debug)]
pub struct HoldfastAccess;

impl Subject for HoldfastAccess {
    fn create(&self, w: &mut World, maker: &Wallet) -> Address {
        let access = w.create_access(maker);
        let data_set = CreateDataSetParams {
            owner: Some(maker.address()),
            ..data_set()
        };
        let anybody = w.account(Kind::Secp256k1, 0);
        w.call::<method::CreateDataSet>(&anybody, access, &data_set).ok();
        access
    }
}

impl FaceSubject for HoldfastAccess {
    fn interface(&self) -> InterfaceInfo {
        Access::describe()
    }

    fn standards(&self) -> &'static [(&'static str, [u8; 4])] {
        &[
            ("OpenZeppelin's IAuthority", [0xb7, 0x00, 0x96, 0x13]),
            ("the warehouse's IDataSetAuthorizer", [0x54, 0x39, 0x43, 0x3b]),
        ]
    }
}
