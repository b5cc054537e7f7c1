//! Any bytes to the access actor, by calldata.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| holdfast_fuzz::by_calldata::<holdfast_fuzz::Access>(data));
