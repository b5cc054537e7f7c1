//! What a type looks like on the wire: the source of the IDL, of the `encode` and `decode` commands, and of
//! the golden tests.

use cid::Cid;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;

/// The shape of a type in DAG-CBOR.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No parameters, or no return value.
    Unit,
    /// A boolean.
    Bool,
    /// An unsigned integer of so many bits.
    Uint(u32),
    /// A signed integer of 64 bits; epochs are these.
    Int,
    /// UTF-8 text.
    Text,
    /// A byte string.
    Bytes,
    /// A byte string of a fixed length.
    Fixed(usize),
    /// A Filecoin address, as a byte string.
    Address,
    /// An amount of atto-units: a byte string with a sign byte and big-endian magnitude, empty for zero.
    Amount,
    /// A link to a block of the chain.
    Link,
    /// A CID of something outside the chain, as a byte string.
    ForeignCid,
    /// A value or null.
    Optional(Box<Shape>),
    /// Any number of values.
    List(Box<Shape>),
    /// A tuple with named fields.
    Record(RecordShape),
    /// One of several records: a list that begins with the number of a field, and goes on with the fields of its record.
    Choice(RecordShape),
    /// The top node of an ordered tree.
    Tree(TreeShape),
}

/// A node of an ordered tree: packed entries, or links to the nodes below.
#[derive(Clone, Debug)]
pub struct TreeShape {
    /// The keys.
    pub key: Box<Shape>,
    /// The values.
    pub value: Box<Shape>,
    /// From packed entries to the CBOR of a list of pairs; none if they are unreadable.
    pub unpack: fn(&[u8]) -> Option<Vec<u8>>,
}

impl PartialEq for TreeShape {
    /// The types of keys and values say how they are packed.
    fn eq(&self, other: &Self) -> bool {
        (&self.key, &self.value) == (&other.key, &other.value)
    }
}

impl Eq for TreeShape {}

/// A tuple with named fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordShape {
    /// The type's name.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// The fields in their order on the wire.
    pub fields: Vec<Field>,
}

/// One field of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it is, with its unit.
    pub doc: &'static str,
    /// What it looks like.
    pub shape: Shape,
}

/// A type whose form on the wire is part of an interface.
pub trait Schema: Sized {
    /// Its shape.
    fn shape() -> Shape;
    /// A value that shows every part of the shape; the golden tests pin its bytes.
    fn sample() -> Self;
    /// Values that show every part together, where one cannot.
    fn samples() -> Vec<Self> {
        vec![Self::sample()]
    }
}

macro_rules! schemas {
    ($($ty:ty => $shape:expr, $sample:expr;)+) => {$(
        impl Schema for $ty {
            fn shape() -> Shape {
                $shape
            }
            fn sample() -> Self {
                $sample
            }
        }
    )+};
}

schemas! {
    () => Shape::Unit, ();
    bool => Shape::Bool, true;
    u8 => Shape::Uint(8), 18;
    u32 => Shape::Uint(32), 70_000;
    u64 => Shape::Uint(64), 5_000_000_000;
    i64 => Shape::Int, 3_000_000;
    String => Shape::Text, "Holdfast".to_owned();
    RawBytes => Shape::Bytes, RawBytes::new(vec![1, 2, 3]);
    Address => Shape::Address, Address::new_id(1234);
    TokenAmount => Shape::Amount, TokenAmount::from_whole(5);
    Cid => Shape::Link, Cid::default();
}

impl<T: Schema> Schema for Option<T> {
    fn shape() -> Shape {
        Shape::Optional(Box::new(T::shape()))
    }
    fn sample() -> Self {
        Some(T::sample())
    }
}

impl<T: Schema> Schema for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
    fn sample() -> Self {
        T::samples()
    }
}

/// Declares a parameter or return type, or a block of the state: a struct that is a CBOR tuple and knows its shape. With `#[solidity]`
/// it is also the list of a Solidity method's arguments or results.
#[macro_export]
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        #[solidity]
        pub struct $name:ident { $($(#[doc = $fdoc:literal])+ pub $field:ident : $ty:ty,)+ }
    ) => {
        $crate::record! {
            $(#[doc = $doc])+
            pub struct $name { $($(#[doc = $fdoc])+ pub $field: $ty,)+ }
        }

        $crate::solidity_args!($name { $($field: $ty,)+ });
    };
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident { $($(#[doc = $fdoc:literal])+ pub $field:ident : $ty:ty,)+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, ::serde_tuple::Serialize_tuple, ::serde_tuple::Deserialize_tuple)]
        pub struct $name { $($(#[doc = $fdoc])+ pub $field: $ty,)+ }

        impl $crate::schema::Schema for $name {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::Record($crate::schema::RecordShape {
                    name: stringify!($name),
                    doc: concat!($($doc),+),
                    fields: vec![$($crate::schema::Field {
                        name: stringify!($field),
                        doc: concat!($($fdoc),+),
                        shape: <$ty as $crate::schema::Schema>::shape(),
                    }),+],
                })
            }

            fn sample() -> Self {
                Self { $($field: $crate::schema::Schema::sample()),+ }
            }
        }
    };
}

/// Makes a struct the list of a Solidity method's arguments or results. `record!` does it for records with
/// `#[solidity]`; types that exist on the Ethereum face only call it themselves.
#[macro_export]
macro_rules! solidity_args {
    ($name:ident { $($field:ident : $ty:ty,)+ }) => {
        impl $crate::evm::Args for $name {
            const TYPES: &'static str = <($(<$ty as $crate::evm::Abi>::Sol,)+) as $crate::evm::SolType>::SOL_NAME;
            const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            fn encode<R: $crate::Runtime>(self, rt: &R) -> Vec<u8> {
                let values = ($($crate::evm::Abi::to_sol(self.$field, rt),)+);
                <($(<$ty as $crate::evm::Abi>::Sol,)+) as $crate::evm::SolType>::abi_encode_params(&values)
            }

            fn decode(data: &[u8]) -> Result<Self, $crate::ActorError> {
                let ($($field,)+) = $crate::evm::decoded(
                    <($(<$ty as $crate::evm::Abi>::Sol,)+) as $crate::evm::SolType>::abi_decode_params_validate(data),
                )?;
                Ok(Self { $($field: <$ty as $crate::evm::Abi>::from_sol($field)?),+ })
            }
        }
    };
}
