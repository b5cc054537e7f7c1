//! `methods!`: the one list of what an actor offers.
//!
//! The macro only lists. For every line it writes a type with a [`Method`](crate::method::Method)
//! implementation; the work is done by the generic functions of [`dispatch`](crate::dispatch),
//! [`evm::face`](crate::evm::face) and `idl`.

/// Declares an interface.
///
/// ```text
/// methods! {
///     /// A counter that anyone may raise.
///     pub interface Counter("counter") {
///         errors CounterError;
///         events [events::Raised];
///         methods {
///             /// Creates the counter.
///             constructor Constructor(ConstructorParams), from Init;
///             /// Raises it.
///             call Raise(RaiseParams) -> u64, from Anyone, solidity raise;
///             /// How high it is.
///             view Height() -> u64, from Anyone, solidity height in ICounter;
///         }
///         solidity {
///             /// Only for Ethereum callers.
///             pay tip(), from Anyone;
///             /// The same with a note: an overload.
///             pay tipWithNote(String), from Anyone, named tip in ITips;
///         }
///     }
/// }
/// ```
///
/// - `view` reads, `call` changes state, `pay` changes state and takes FIL. A `constructor` takes none either; one
///   that does is a `payable_constructor`.
/// - A number in brackets behind the kind, as in `pay(2) ExecNative(..)`, is for a method whose number was given
///   before FRC-42 was; all others get theirs from the name.
/// - `from` is an access rule of [`caller`](crate::caller).
/// - `solidity name` opens the method to the Ethereum face as well; `in Standard` makes it part of the ERC-165
///   id of that standard. Methods in the `solidity` block exist on the Ethereum face only; one that shares its Solidity
///   name with another, an overload, has a name of its own in the table and says `named` which one Solidity knows.
/// - The actor implements [`Handle`](crate::method::Handle) or [`Answer`](crate::method::Answer) for each
///   type in the generated module `method`.
#[macro_export]
macro_rules! methods {
    (
        $(#[doc = $doc:literal])+
        pub interface $interface:ident($name:literal) {
            errors $errors:ty;
            events [$($event:ty),* $(,)?];
            methods {
                $(
                    $(#[doc = $mdoc:literal])+
                    $kind:ident $(($fixed:literal))? $method:ident($($params:ty)?) $(-> $ret:ty)?, from $access:ident
                        $(, solidity $sol:ident $(in $standard:ident)?)?;
                )+
            }
            solidity {
                $(
                    $(#[doc = $sdoc:literal])+
                    $skind:ident $smethod:ident($($sparams:ty)?) $(-> $sret:ty)?, from $saccess:ident
                        $(, named $ssol:ident)? $(in $sstandard:ident)?;
                )*
            }
        }
    ) => {
        $(#[doc = $doc])+
        pub struct $interface;

        /// The methods as types: what handlers implement and callers name.
        #[allow(non_camel_case_types, reason = "Solidity methods keep their names")]
        pub mod method {
            #[allow(unused_imports)]
            use super::*;
            $(
                $(#[doc = $mdoc])+
                pub struct $method;
                impl $crate::method::Method for $method {
                    const NAME: &'static str = stringify!($method);
                    const NUMBER: u64 = $crate::methods!(@number $kind $method $($fixed)?);
                    const KIND: $crate::method::Kind = $crate::methods!(@kind $kind);
                    type Params = $crate::methods!(@type $($params)?);
                    type Return = $crate::methods!(@type $($ret)?);
                    type Access = $crate::caller::$access;
                }
                $(impl $crate::method::SolidityMethod for $method {
                    const SOLIDITY: &'static str = stringify!($sol);
                })?
            )+
            $(
                $(#[doc = $sdoc])+
                pub struct $smethod;
                impl $crate::method::Method for $smethod {
                    const NAME: &'static str = stringify!($smethod);
                    const NUMBER: u64 = 0;
                    const KIND: $crate::method::Kind = $crate::methods!(@kind $skind);
                    type Params = $crate::methods!(@type $($sparams)?);
                    type Return = $crate::methods!(@type $($sret)?);
                    type Access = $crate::caller::$saccess;
                }
                impl $crate::method::SolidityMethod for $smethod {
                    const SOLIDITY: &'static str = $crate::methods!(@named $smethod $($ssol)?);
                }
            )*
        }

        /// One trait a method, so that an actor that forgets one does not compile.
        #[doc(hidden)]
        #[allow(non_camel_case_types, unreachable_pub, missing_docs)]
        pub mod handler {
            $($crate::methods!(@handler $kind $method);)+
            $($crate::methods!(@handler $skind $smethod);)*
        }

        /// An actor that carries out every method of the interface.
        pub trait Handlers: $(handler::$method +)+ $(handler::$smethod +)* {}
        impl<A: $(handler::$method +)+ $(handler::$smethod +)*> Handlers for A {}

        const _: () = assert!(
            $crate::method::distinct_numbers(&[
                $(<method::$method as $crate::method::Method>::NUMBER,)+
                $crate::method::INVOKE_EVM,
            ]),
            "two methods of the interface have the same number, or that of InvokeEVM: rename one",
        );
        const _: () = assert!(
            $crate::method::distinct_selectors(&[
                $($($crate::methods!(@selector method::$method, $sol),)?)+
                $(<method::$smethod as $crate::method::SolidityMethod>::SELECTOR,)*
                $crate::evm::face::HANDLE_FILECOIN_METHOD,
                $crate::evm::face::SUPPORTS_INTERFACE,
            ]),
            "two methods of the interface have the same Solidity selector, or that of supportsInterface or handle_filecoin_method: rename one",
        );

        impl<A: Handlers> $crate::dispatch::Dispatch<A> for $interface {
            fn by_number<R: $crate::Runtime>(
                rt: &mut R,
                number: u64,
                params: Option<::fvm_ipld_encoding::ipld_block::IpldBlock>,
            ) -> Result<Option<::fvm_ipld_encoding::ipld_block::IpldBlock>, $crate::ActorError> {
                match number {
                    $(<method::$method as $crate::method::Method>::NUMBER =>
                        $crate::methods!(@run $kind A, method::$method, R, rt, params),)+
                    _ => Err($crate::dispatch::unknown_method(number)),
                }
            }

            fn by_selector<R: $crate::Runtime>(
                rt: &mut R,
                selector: u32,
                args: &[u8],
            ) -> Result<Vec<u8>, $crate::ActorError> {
                match selector {
                    $($(<method::$method as $crate::method::SolidityMethod>::SELECTOR =>
                        $crate::methods!(@run_solidity $kind A, method::$method, R, rt, args, $sol),)?)+
                    $(<method::$smethod as $crate::method::SolidityMethod>::SELECTOR =>
                        $crate::methods!(@run_solidity $skind A, method::$smethod, R, rt, args, $smethod),)*
                    _ => Err($crate::evm::face::unknown_selector(selector)),
                }
            }

            const STANDARDS: &'static [(&'static str, u32)] = &[
                $($($((stringify!($standard), <method::$method as $crate::method::SolidityMethod>::SELECTOR),)?)?)+
                $($((stringify!($sstandard), <method::$smethod as $crate::method::SolidityMethod>::SELECTOR),)?)*
            ];
        }

        #[cfg(not(target_arch = "wasm32"))]
        impl $crate::method::Interface for $interface {
            const NAME: &'static str = $name;
            fn describe() -> $crate::method::InterfaceInfo {
                $crate::method::InterfaceInfo {
                    name: $name,
                    doc: concat!($($doc),+),
                    methods: vec![
                        $($crate::idl::method::<method::$method>(
                            concat!($($mdoc),+),
                            $crate::methods!(@solidity_info $method $($sol $(in $standard)?)?),
                        ),)+
                        $($crate::idl::solidity_method::<method::$smethod>(
                            concat!($($sdoc),+),
                            $crate::methods!(@solidity_info $smethod $smethod $(in $sstandard)?),
                        ),)*
                    ],
                    errors: <$errors as $crate::error::ActorErrors>::ERRORS,
                    events: vec![$(<$event as $crate::event::Event>::info()),*],
                }
            }
        }
    };

    (@number constructor $method:ident) => { $crate::method::CONSTRUCTOR };
    (@number payable_constructor $method:ident) => { $crate::method::CONSTRUCTOR };
    (@number $kind:ident $method:ident $fixed:literal) => { $fixed };
    (@number $kind:ident $method:ident) => { $crate::frc42::method_number(stringify!($method)) };
    (@named $method:ident) => { stringify!($method) };
    (@named $method:ident $sol:ident) => { stringify!($sol) };
    (@type) => { () };
    (@type $ty:ty) => { $ty };
    (@selector $m:path, $sol:ident) => { <$m as $crate::method::SolidityMethod>::SELECTOR };
    (@kind view) => { $crate::method::Kind::View };
    (@kind call) => { $crate::method::Kind::Call };
    (@kind pay) => { $crate::method::Kind::Pay };
    (@kind constructor) => { $crate::method::Kind::Call };
    (@kind payable_constructor) => { $crate::method::Kind::Pay };
    (@kind $other:ident) => {
        compile_error!(concat!("a method is `constructor`, `payable_constructor`, `view`, `call` or `pay`, not `", stringify!($other), "`"))
    };
    (@handler view $method:ident) => {
        pub trait $method: $crate::method::Answer<super::method::$method> {}
        impl<A: $crate::method::Answer<super::method::$method>> $method for A {}
    };
    (@handler $kind:ident $method:ident) => {
        pub trait $method: $crate::method::Handle<super::method::$method> {}
        impl<A: $crate::method::Handle<super::method::$method>> $method for A {}
    };
    (@run view $a:ident, $m:path, $r:ident, $rt:ident, $data:ident) => {
        $crate::dispatch::view::<$a, $m, $r>($rt, $data)
    };
    (@run $kind:ident $a:ident, $m:path, $r:ident, $rt:ident, $data:ident) => {
        $crate::dispatch::call::<$a, $m, $r>($rt, $data)
    };
    (@run_solidity view $a:ident, $m:path, $r:ident, $rt:ident, $data:ident, $sol:ident) => {
        $crate::evm::face::view::<$a, $m, $r>($rt, $data)
    };
    (@run_solidity $kind:ident $a:ident, $m:path, $r:ident, $rt:ident, $data:ident, $sol:ident) => {
        $crate::evm::face::call::<$a, $m, $r>($rt, $data)
    };
    (@solidity_info $method:ident) => { None };
    (@solidity_info $method:ident $sol:ident) => {
        Some($crate::idl::solidity::<method::$method>(None))
    };
    (@solidity_info $method:ident $sol:ident in $standard:ident) => {
        Some($crate::idl::solidity::<method::$method>(Some(stringify!($standard))))
    };
}
