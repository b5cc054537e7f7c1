//! Events: raw logs that Ethereum tools read, and CBOR events for everything else.
//!
//! What a Solidity interface in scope defines is a raw log, which `eth_getLogs` and the actor-events API both
//! show. The two kinds are never mixed in one event: Lotus drops a log with a single CBOR entry.

use fvm_ipld_encoding::{CBOR, IPLD_RAW, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::{ActorEvent, Entry, Flags};
use serde::Serialize;

use crate::error::{ActorError, Context};
use crate::evm::{Bytes32, EthAddress};
use crate::runtime::Runtime;

/// Something that happened.
pub trait Event {
    /// Tells the world. After the change of state, before anything is sent.
    ///
    /// # Errors
    /// Those of [`Runtime::emit`].
    fn emit<R: Runtime>(&self, rt: &mut R) -> Result<(), ActorError> {
        rt.emit(&self.to_actor_event()?)
    }

    /// The event as the machine takes it.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a field does not encode.
    fn to_actor_event(&self) -> Result<ActorEvent, ActorError>;
    /// The event as data.
    fn info() -> EventInfo;
}

/// One event of an interface as data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventInfo {
    /// Its name.
    pub name: &'static str,
    /// When it is emitted.
    pub doc: &'static str,
    /// Topic 0 of a raw log; none for a CBOR event.
    pub topic: Option<[u8; 32]>,
    /// The fields in order.
    pub fields: Vec<EventField>,
}

/// One field of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventField {
    /// Its name; the entry's key in a CBOR event.
    pub name: &'static str,
    /// The Solidity type in a raw log, the type of the value in a CBOR event.
    pub kind: &'static str,
    /// Whether indexers may search for it.
    pub indexed: bool,
    /// What it is.
    pub doc: &'static str,
}

/// A type that is one word of a raw log.
pub trait Word {
    /// The Solidity type.
    const SOLIDITY: &'static str;
    /// The 32 bytes.
    fn word(&self) -> [u8; 32];
}

impl Word for EthAddress {
    const SOLIDITY: &'static str = "address";
    fn word(&self) -> [u8; 32] {
        self.to_word()
    }
}

impl Word for Bytes32 {
    const SOLIDITY: &'static str = "bytes32";
    fn word(&self) -> [u8; 32] {
        self.0
    }
}

impl Word for TokenAmount {
    const SOLIDITY: &'static str = "uint256";
    fn word(&self) -> [u8; 32] {
        crate::evm::amount_word(self)
    }
}

impl Word for u64 {
    const SOLIDITY: &'static str = "uint64";
    fn word(&self) -> [u8; 32] {
        right_aligned(&self.to_be_bytes())
    }
}

impl Word for u32 {
    const SOLIDITY: &'static str = "uint32";
    fn word(&self) -> [u8; 32] {
        right_aligned(&self.to_be_bytes())
    }
}

fn right_aligned(bytes: &[u8]) -> [u8; 32] {
    let mut word = [0; 32];
    for (to, from) in word.iter_mut().rev().zip(bytes.iter().rev()) {
        *to = *from;
    }
    word
}

/// A type that can be a field of a CBOR event, with the name that the IDL gives it.
pub trait CborField: Serialize {
    /// Its name in the IDL.
    const NAME: &'static str;
}

macro_rules! cbor_fields {
    ($($ty:ty => $name:literal;)+) => {$(impl CborField for $ty { const NAME: &'static str = $name; })+};
}

cbor_fields! {
    bool => "bool";
    u8 => "uint";
    u64 => "uint";
    u32 => "uint";
    i64 => "int";
    Option<u64> => "uint or null";
    Vec<u64> => "list of uint";
    String => "text";
    Address => "address";
    RawBytes => "bytes";
    Bytes32 => "bytes32";
    TokenAmount => "amount";
}

/// Puts a raw log together as the EVM actor does: topics in `t1` to `t4`, the rest in `d`, which is left out when empty.
pub fn raw_log(topics: &[[u8; 32]], data: Vec<u8>) -> ActorEvent {
    const KEYS: [&str; 4] = ["t1", "t2", "t3", "t4"];
    let entry = |key: &str, value: Vec<u8>| Entry {
        flags: Flags::FLAG_INDEXED_ALL,
        key: key.to_owned(),
        codec: IPLD_RAW,
        value,
    };
    let mut entries: Vec<Entry> = KEYS
        .iter()
        .zip(topics)
        .map(|(key, topic)| entry(key, topic.to_vec()))
        .collect();
    if !data.is_empty() {
        entries.push(entry("d", data));
    }
    entries.into()
}

/// One entry of a CBOR event.
///
/// # Errors
/// USR_ILLEGAL_STATE when the value does not encode.
pub fn cbor_entry<T: Serialize + ?Sized>(key: &str, value: &T, indexed: bool) -> Result<Entry, ActorError> {
    Ok(Entry {
        flags: if indexed {
            Flags::FLAG_INDEXED_ALL
        } else {
            Flags::FLAG_INDEXED_KEY
        },
        key: key.to_owned(),
        codec: CBOR,
        value: fvm_ipld_encoding::to_vec(value).or_illegal_state("an event's field does not encode")?,
    })
}

/// Declares an event of an interface. `log` makes a raw log for Ethereum tools, `cbor` a CBOR event whose
/// `$type` is the given text. `indexed` fields of a log are topics.
///
/// ```
/// # use fvm_shared::econ::TokenAmount;
/// # use holdfast_runtime::{event, evm::EthAddress};
/// event! {
///     /// Tokens moved.
///     log Transfer {
///         /// From whom.
///         indexed from: EthAddress,
///         /// How many, atto-tokens.
///         data value: TokenAmount,
///     }
/// }
/// ```
#[macro_export]
macro_rules! event {
    (
        $(#[doc = $doc:literal])+
        log $name:ident { $($(#[doc = $fdoc:literal])+ $place:ident $field:ident : $ty:ty,)* }
    ) => {
        $crate::event!(@struct [$(#[doc = $doc])+] $name { $($(#[doc = $fdoc])+ $field: $ty,)* });

        const _: () = assert!(
            0 $(+ $crate::event!(@topic $place))* < 4,
            "a log has at most three indexed fields: the machine keeps four topics, and the first is the signature",
        );

        impl $name {
            /// Topic 0: the hash of the event's signature.
            pub const TOPIC: [u8; 32] =
                $crate::evm::event_topic(stringify!($name), &[$(<$ty as $crate::event::Word>::SOLIDITY),*]);
        }

        impl $crate::event::Event for $name {
            fn to_actor_event(&self) -> Result<::fvm_shared::event::ActorEvent, $crate::ActorError> {
                #[allow(unused_mut, reason = "not every event has topics and data")]
                let (mut topics, mut data) = (vec![Self::TOPIC], Vec::<u8>::new());
                $($crate::event!(@place $place topics data $crate::event::Word::word(&self.$field));)*
                Ok($crate::event::raw_log(&topics, data))
            }

            fn info() -> $crate::event::EventInfo {
                $crate::event::EventInfo {
                    name: stringify!($name),
                    doc: concat!($($doc),+),
                    topic: Some(Self::TOPIC),
                    fields: vec![$($crate::event::EventField {
                        name: stringify!($field),
                        kind: <$ty as $crate::event::Word>::SOLIDITY,
                        indexed: $crate::event!(@indexed $place),
                        doc: concat!($($fdoc),+),
                    }),*],
                }
            }
        }
    };
    (
        $(#[doc = $doc:literal])+
        cbor $name:ident($kind:literal) { $($(#[doc = $fdoc:literal])+ $place:ident $field:ident : $ty:ty,)* }
    ) => {
        $crate::event!(@struct [$(#[doc = $doc])+] $name { $($(#[doc = $fdoc])+ $field: $ty,)* });

        $(const _: () = assert!(
            stringify!($field).len() <= 31,
            "a field of a CBOR event has at most 31 letters: the machine refuses longer keys",
        );)*

        impl $crate::event::Event for $name {
            fn to_actor_event(&self) -> Result<::fvm_shared::event::ActorEvent, $crate::ActorError> {
                Ok(vec![
                    $crate::event::cbor_entry("$type", $kind, true)?,
                    $($crate::event::cbor_entry(stringify!($field), &self.$field, $crate::event!(@indexed $place))?,)*
                ].into())
            }

            fn info() -> $crate::event::EventInfo {
                $crate::event::EventInfo {
                    name: $kind,
                    doc: concat!($($doc),+),
                    topic: None,
                    fields: vec![$($crate::event::EventField {
                        name: stringify!($field),
                        kind: <$ty as $crate::event::CborField>::NAME,
                        indexed: $crate::event!(@indexed $place),
                        doc: concat!($($fdoc),+),
                    }),*],
                }
            }
        }
    };
    (@struct [$(#[doc = $doc:literal])+] $name:ident { $($(#[doc = $fdoc:literal])+ $field:ident : $ty:ty,)* }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[doc = $fdoc])+ pub $field: $ty,)* }
    };
    (@place indexed $topics:ident $data:ident $word:expr) => { $topics.push($word) };
    (@place data $topics:ident $data:ident $word:expr) => { $data.extend_from_slice(&$word) };
    (@topic indexed) => { 1 };
    (@topic data) => { 0 };
    (@indexed indexed) => { true };
    (@indexed data) => { false };
}
