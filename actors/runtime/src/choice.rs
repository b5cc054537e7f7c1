//! Types of which a value is one of several records.

/// Declares such a type: an enum whose variants have named fields. On the wire it is a list, the variant's number and then
/// its fields; in JSON an object with one name, `{"Group": {"group": 7}}`. Numbers are 0, 1, 2 .. and are never given
/// to another variant.
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $doc:literal])+
        pub enum $name:ident {
            $(
                $(#[doc = $vdoc:literal])+
                $number:literal $variant:ident { $($(#[doc = $fdoc:literal])+ $field:ident : $ty:ty,)* },
            )+
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $vdoc])+ $variant { $($(#[doc = $fdoc])+ $field: $ty,)* },)+
        }

        impl $name {
            /// The variant's number on the wire.
            pub fn number(&self) -> u8 {
                match self {
                    $(Self::$variant { .. } => $number,)+
                }
            }
        }

        const _: () = assert!(
            $crate::choice::are_in_order(&[$($number),+]),
            concat!("the variants of ", stringify!($name), " are numbered 0, 1, 2 ..")
        );

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeTuple as _;
                match self {
                    $(Self::$variant { $($field),* } => {
                        let fields: &[&str] = &[$(stringify!($field)),*];
                        let mut tuple = serializer.serialize_tuple(fields.len().saturating_add(1))?;
                        let number: u8 = $number;
                        tuple.serialize_element(&number)?;
                        $(tuple.serialize_element($field)?;)*
                        tuple.end()
                    })+
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct OneOf;

                impl<'de> ::serde::de::Visitor<'de> for OneOf {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str(concat!("a ", stringify!($name), ", a list that begins with its number"))
                    }

                    fn visit_seq<A: ::serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<$name, A::Error> {
                        let number: u8 = $crate::choice::next(&mut list)?;
                        let value = match number {
                            $($number => $name::$variant { $($field: $crate::choice::next::<$ty, A>(&mut list)?),* },)+
                            other => return Err($crate::choice::unknown(stringify!($name), other)),
                        };
                        $crate::choice::finish(&mut list)?;
                        Ok(value)
                    }
                }

                deserializer.deserialize_seq(OneOf)
            }
        }

        impl $crate::schema::Schema for $name {
            fn shape() -> $crate::schema::Shape {
                $crate::schema::Shape::Choice($crate::schema::RecordShape {
                    name: stringify!($name),
                    doc: concat!($($doc),+),
                    fields: vec![$($crate::schema::Field {
                        name: stringify!($variant),
                        doc: concat!($($vdoc),+),
                        shape: $crate::schema::Shape::Record($crate::schema::RecordShape {
                            name: concat!(stringify!($name), ".", stringify!($variant)),
                            doc: concat!($($vdoc),+),
                            fields: vec![$($crate::schema::Field {
                                name: stringify!($field),
                                doc: concat!($($fdoc),+),
                                shape: <$ty as $crate::schema::Schema>::shape(),
                            }),*],
                        }),
                    }),+],
                })
            }

            fn sample() -> Self {
                let mut variants = vec![$(Self::$variant { $($field: $crate::schema::Schema::sample()),* }),+];
                variants.swap_remove(0)
            }

            fn samples() -> Vec<Self> {
                vec![$(Self::$variant { $($field: $crate::schema::Schema::sample()),* }),+]
            }
        }
    };
}

/// Whether numbers are 0, 1, 2 ..
#[doc(hidden)]
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn are_in_order(numbers: &[u8]) -> bool {
    let mut at = 0;
    while at < numbers.len() {
        if numbers[at] as usize != at {
            return false;
        }
        at += 1;
    }
    true
}

/// The next element of a list that has to have one.
#[doc(hidden)]
pub fn next<'de, T: serde::Deserialize<'de>, A: serde::de::SeqAccess<'de>>(
    list: &mut A,
) -> Result<T, A::Error> {
    let element = list.next_element()?;
    element.ok_or_else(|| serde::de::Error::custom("the list ends too early"))
}

/// Refuses a list that goes on.
#[doc(hidden)]
pub fn finish<'de, A: serde::de::SeqAccess<'de>>(list: &mut A) -> Result<(), A::Error> {
    match list.next_element::<serde::de::IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(serde::de::Error::custom("the list has an element too many")),
    }
}

/// Refuses a number that no variant has.
#[doc(hidden)]
pub fn unknown<E: serde::de::Error>(name: &str, number: u8) -> E {
    E::custom(format!("there is no {name} of number {number}"))
}
