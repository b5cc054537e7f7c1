//! What the compiler refuses, and what it says. `TRYBUILD=overwrite` writes the texts again.

#[test]
fn mistakes_do_not_compile_and_say_why() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
