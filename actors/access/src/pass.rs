//! A grant as one number of 256 bits, for standards that name things so: data set, subject and grant, 64 bits each.

use fvm_shared::ActorID;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{DataSetId, GrantId};
use holdfast_runtime::evm::Bytes32;

/// A grant, named whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    pub(crate) data_set: DataSetId,
    pub(crate) subject: ActorID,
    pub(crate) grant: GrantId,
}

impl Pass {
    /// As a number.
    pub(crate) fn number(self) -> TokenAmount {
        let parts = [self.data_set, self.subject, self.grant];
        let bytes: Vec<u8> = parts.iter().flat_map(|part| part.to_be_bytes()).collect();
        TokenAmount::from_atto(BigInt::from_bytes_be(Sign::Plus, &bytes))
    }

    /// The pass of a number; none if it is larger than any.
    pub(crate) fn of_number(number: &TokenAmount) -> Option<Self> {
        let (_, bytes) = number.atto().to_bytes_be();
        let zeros = 32usize.checked_sub(bytes.len())?;
        let mut word = [0; 32];
        word.split_at_mut(zeros).1.copy_from_slice(&bytes);
        Self::of_word(&Bytes32(word))
    }

    /// The pass of a word.
    pub(crate) fn of_word(word: &Bytes32) -> Option<Self> {
        match word.0.as_chunks::<8>() {
            ([zeros, data_set, subject, grant], []) if *zeros == [0; 8] => Some(Self {
                data_set: u64::from_be_bytes(*data_set),
                subject: u64::from_be_bytes(*subject),
                grant: u64::from_be_bytes(*grant),
            }),
            _ => None,
        }
    }
}
