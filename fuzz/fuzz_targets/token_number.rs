//! Any bytes to the token, by method number.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| holdfast_fuzz::by_number::<holdfast_fuzz::Token>(data));
