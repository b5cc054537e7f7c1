//! Where grants are: by data set and subject, and by subject and data set.

use fvm_shared::ActorID;
use holdfast_api::access::DataSetId;
use holdfast_runtime::collections::TreeKey;
use holdfast_runtime::schema::{Schema, Shape};
use serde::{Serialize, Serializer};

/// A key of the tree of grants. Both orders lie in one tree, so that a grant for somebody new writes one block a level.
///
/// A data set's slots begin with twice its number, a subject's with twice its id and one more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(u64, u64);

impl Slot {
    /// Where a subject's grants in a data set are.
    pub(crate) fn grants(data_set: DataSetId, subject: ActorID) -> Self {
        Self(data_set.saturating_mul(2), subject)
    }

    /// Where it stands that a subject has grants in a data set.
    pub(crate) fn index(subject: ActorID, data_set: DataSetId) -> Self {
        Self(subject.saturating_mul(2).saturating_add(1), data_set)
    }

    /// The subject whose grants in a data set these are.
    pub(crate) fn subject_in(self, data_set: DataSetId) -> Option<ActorID> {
        (self.0 == Self::grants(data_set, 0).0).then_some(self.1)
    }

    /// The data set in which a subject has grants by this.
    pub(crate) fn data_set_of(self, subject: ActorID) -> Option<DataSetId> {
        (self.0 == Self::index(subject, 0).0).then_some(self.1)
    }

    /// The data set and the subject whose grants these are.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn as_grants(self) -> Option<(DataSetId, ActorID)> {
        self.0.is_multiple_of(2).then_some((self.0 / 2, self.1))
    }

    /// The subject and the data set that it has grants in.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn as_index(self) -> Option<(ActorID, DataSetId)> {
        (!self.0.is_multiple_of(2)).then_some((self.0 / 2, self.1))
    }
}

impl TreeKey for Slot {
    fn pack_after(&self, before: Option<&Self>, out: &mut Vec<u8>) {
        let before = before.map(|slot| (slot.0, slot.1));
        (self.0, self.1).pack_after(before.as_ref(), out);
    }

    fn unpack_after(before: Option<&Self>, bytes: &mut &[u8]) -> Option<Self> {
        let before = before.map(|slot| (slot.0, slot.1));
        <(u64, u64)>::unpack_after(before.as_ref(), bytes).map(|(a, b)| Self(a, b))
    }
}

/// For tools that show a state.
impl Serialize for Slot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0, self.1).serialize(serializer)
    }
}

impl Schema for Slot {
    fn shape() -> Shape {
        <(u64, u64)>::shape()
    }

    fn sample() -> Self {
        Self::grants(1, 1_234)
    }
}
