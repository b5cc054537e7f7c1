//! By method number: parameters in CBOR.

use fvm_ipld_encoding::CBOR;
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::error::ExitCode;
use holdfast_runtime::Runtime;
use holdfast_runtime::idl::codec::{decode, encode};
use holdfast_runtime::method::{Kind, MethodInfo, TypeInfo};
use holdfast_runtime::schema::Shape;

use crate::subject::Subject;
use crate::{run, same};

/// Calls the method whose number is the first eight bytes, or some method if there is none, with the rest.
///
/// # Panics
/// When something does not hold that has to.
pub fn by_number<S: Subject>(data: &[u8]) {
    let Some((number, params)) = data.split_first_chunk() else { return };
    let method = pick::<S>(u64::from_be_bytes(*number));
    let number = method.number.expect("a method with a number");
    let types = method.params.as_ref().expect("a method with types");
    let block = |data: &[u8]| Some(IpldBlock { codec: CBOR, data: data.to_vec() });

    let done = run::<S>(number, block(params));
    let code = done.result.as_ref().err().map(|abort| abort.error.code);
    assert_ne!(code, Some(ExitCode::USR_ILLEGAL_STATE), "{}: {:?}", method.name, done.result);
    if types.shape == Shape::Unit && params.is_empty() {
        return returned(method, &done.result);
    }
    match canonical(types, params) {
        None => assert_eq!(code, Some(ExitCode::USR_SERIALIZATION), "{}: {:?}", method.name, done.result),
        Some(again) => {
            let other = run::<S>(number, block(&again));
            assert!(same(&done, &other), "{}: {done:?}\nand {again:02x?}\n{other:?}", method.name);
            assert_ne!(code, Some(ExitCode::USR_SERIALIZATION), "{}: {:?}", method.name, done.result);
            returned(method, &done.result);
        }
    }
    if method.kind == Kind::View {
        let untouched = S::machine(number).root().to_string();
        assert!(done.root == untouched && done.events.is_empty(), "{} changed something", method.name);
    }
}

fn pick<S: Subject>(number: u64) -> &'static MethodInfo {
    let methods = || S::interface().methods.iter().filter(|method| method.number.is_some());
    let listed = methods().find(|method| method.number == Some(number));
    listed.unwrap_or_else(|| {
        let at = number as usize % methods().count();
        methods().nth(at).expect("a method")
    })
}

/// The encoding of the value that the bytes are; none if they are no value of the type. The command's codec, which knows
/// only the shape of the type, has to read the same.
///
/// The machine's own CBOR library looks at the length of a byte string or a text and not at its kind, so it takes more
/// than the encodings that it makes; so does every other actor. The command is stricter.
fn canonical(types: &TypeInfo, bytes: &[u8]) -> Option<Vec<u8>> {
    let typed = (types.recode)(bytes);
    let shaped = decode(&types.shape, bytes).and_then(|value| encode(&types.shape, &value));
    match (typed, shaped) {
        (Ok(typed), Ok(shaped)) => {
            assert_eq!(typed, shaped, "two encodings of {bytes:02x?}");
            assert_eq!((types.recode)(&typed).as_ref(), Ok(&typed), "an encoding that is another one next time");
            Some(typed)
        }
        (Ok(typed), Err(_)) if typed != bytes => canonical(types, &typed),
        (Err(_), Err(_)) => None,
        (typed, shaped) => panic!("{bytes:02x?} are {typed:?} by type and {shaped:?} by shape"),
    }
}

/// What comes back is the encoding of a value of its type.
fn returned(method: &MethodInfo, result: &Result<Option<IpldBlock>, holdfast_runtime::dispatch::Abort>) {
    let types = method.returns.as_ref().expect("a method with types");
    match result {
        Ok(Some(block)) => {
            assert_eq!(block.codec, CBOR);
            assert_eq!(canonical(types, &block.data).as_ref(), Some(&block.data), "{}", method.name);
        }
        Ok(None) => assert_eq!(types.shape, Shape::Unit, "{} returned nothing", method.name),
        Err(_) => {}
    }
}
