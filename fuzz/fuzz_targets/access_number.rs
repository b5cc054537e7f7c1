//! Any bytes to the access actor, by method number.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| holdfast_fuzz::by_number::<holdfast_fuzz::Access>(data));
