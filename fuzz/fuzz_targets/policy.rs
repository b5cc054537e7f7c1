//! Any list of nodes as a policy, beside the reference.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| holdfast_fuzz::policy(data));
