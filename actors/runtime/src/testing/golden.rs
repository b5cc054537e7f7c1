//! Committed texts that pin an interface: what callers rely on cannot change without showing in a diff.
//!
//! A test of the actor's crate compares; `UPDATE_SNAPSHOTS=1` writes instead:
//!
//! ```text
//! #[test]
//! fn the_interface_is_the_committed_one() {
//!     golden::check(&Token::describe(), "tests/golden/token.txt");
//! }
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::ErrorInfo;
use crate::event::EventInfo;
use crate::evm::selector;
use crate::idl::{Named, collect, hex, kind_name, page, signature, solidity_interface, type_name};
use crate::method::{InterfaceInfo, MethodInfo, SolidityInfo, TypeInfo};
use crate::schema::Shape;

/// The variable that makes the checks write the files instead of comparing.
pub const UPDATE_VARIABLE: &str = "UPDATE_SNAPSHOTS";

/// Compares everything that a caller relies on with a committed file: names, numbers, selectors, kinds, access,
/// exit codes, event keys and topics, ERC-165 ids, and the CBOR bytes of every type's sample.
/// The path is relative to the crate whose test calls.
///
/// # Panics
/// When they differ, with the first line that does, or when the file cannot be read or written.
#[track_caller]
pub fn check(interface: &InterfaceInfo, path: impl AsRef<Path>) {
    compare(&text(interface), path.as_ref());
}

/// Compares the page of the docs with a committed file, as [`check`] does.
///
/// # Panics
/// As [`check`].
#[track_caller]
pub fn check_page(interface: &InterfaceInfo, path: impl AsRef<Path>) {
    compare(&page(interface), path.as_ref());
}

/// Compares the Solidity interface with a committed file, as [`check`] does.
///
/// # Panics
/// As [`check`].
#[track_caller]
pub fn check_solidity(interface: &InterfaceInfo, path: impl AsRef<Path>) {
    compare(&solidity_interface(interface), path.as_ref());
}

/// Compares any text with a committed file, or writes it under `UPDATE_SNAPSHOTS=1`.
///
/// # Panics
/// As [`check`].
#[track_caller]
pub fn compare(actual: &str, path: &Path) {
    let shown = path.display();
    if std::env::var(UPDATE_VARIABLE).is_ok_and(|value| value == "1") {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .unwrap_or_else(|e| panic!("cannot make {}: {e}", folder.display()));
        }
        std::fs::write(path, actual).unwrap_or_else(|e| panic!("cannot write {shown}: {e}"));
        return;
    }
    let advice = format!("if that is meant, run the test with {UPDATE_VARIABLE}=1 and read the diff");
    let committed =
        std::fs::read_to_string(path).unwrap_or_else(|e| panic!("cannot read {shown}: {e}\n{advice}"));
    if let Some((number, was, is)) = first_difference(&committed, actual) {
        panic!(
            "{shown} differs from the interface in line {number}\n  committed: {was}\n  now:       {is}\n{advice}"
        );
    }
}

fn first_difference<'a>(committed: &'a str, actual: &'a str) -> Option<(usize, &'a str, &'a str)> {
    const END: &str = "(end of the text)";
    let (mut was, mut is) = (committed.split('\n'), actual.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        match (was.next(), is.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => return Some((number, a.unwrap_or(END), b.unwrap_or(END))),
        }
    }
}

/// The text that [`check`] compares: one block a method, type, error and event, in the order of the table.
pub fn text(interface: &InterfaceInfo) -> String {
    let mut out = Text::default();
    out.line(0, "interface", interface.name);
    interface.methods.iter().for_each(|method| out.method(method));
    out.standards(&interface.methods);
    out.types();
    interface.errors.iter().for_each(|error| out.error(error));
    interface.events.iter().for_each(|event| out.event(event));
    out.text
}

#[derive(Default)]
struct Text {
    text: String,
    types: Vec<Named>,
}

impl Text {
    fn line(&mut self, indent: usize, label: &str, value: impl core::fmt::Display) {
        let line = format!("{:indent$}{label} {value}", "", indent = indent * 2);
        self.text += line.trim_end();
        self.text += "\n";
    }

    fn method(&mut self, m: &MethodInfo) {
        self.text += "\n";
        self.line(0, "method", m.name);
        if let Some(number) = m.number {
            self.line(1, "number", number);
        }
        self.line(1, "kind", kind_name(m.kind));
        self.line(1, "from", m.access);
        self.value("takes", m.params.as_ref());
        self.value("gives", m.returns.as_ref());
        if let Some(s) = &m.solidity {
            self.solidity(s);
        }
    }

    fn value(&mut self, label: &str, info: Option<&TypeInfo>) {
        let Some(info) = info else { return };
        if info.shape == Shape::Unit {
            return self.line(1, label, "nothing");
        }
        collect(&info.shape, &mut self.types);
        self.line(
            1,
            label,
            format!("{} = {}", type_name(&info.shape), hex(&info.sample)),
        );
    }

    fn solidity(&mut self, s: &SolidityInfo) {
        let list = |types: &[(String, &str)]| {
            let parts: Vec<String> = types
                .iter()
                .map(|(kind, name)| format!("{kind} {name}").trim().to_owned())
                .collect();
            parts.join(", ")
        };
        self.line(1, "solidity", format!("{} = {:#010x}", signature(s), s.selector));
        self.line(2, "args", list(&s.args));
        self.line(2, "results", list(&s.results));
        if let Some(standard) = s.standard {
            self.line(2, "standard", standard);
        }
    }

    fn standards(&mut self, methods: &[MethodInfo]) {
        let mut ids: BTreeMap<&str, u32> = BTreeMap::new();
        for s in methods.iter().filter_map(|m| m.solidity.as_ref()) {
            if let Some(standard) = s.standard {
                *ids.entry(standard).or_default() ^= s.selector;
            }
        }
        for (name, id) in ids {
            self.text += "\n";
            self.line(0, "standard", format!("{name} = {id:#010x}"));
        }
    }

    fn types(&mut self) {
        for Named { record, is_choice } in core::mem::take(&mut self.types) {
            self.text += "\n";
            self.line(0, if is_choice { "choice" } else { "type" }, record.name);
            for field in &record.fields {
                self.line(1, field.name, type_name(&field.shape));
            }
        }
    }

    fn error(&mut self, e: &ErrorInfo) {
        self.text += "\n";
        self.line(0, "error", format!("{} {}", e.code, e.name));
        if let Some(signature) = e.solidity {
            self.line(
                1,
                "solidity",
                format!("{signature} = {}", hex(&selector(signature))),
            );
        }
    }

    fn event(&mut self, e: &EventInfo) {
        self.text += "\n";
        match &e.topic {
            Some(topic) => self.log(e, topic),
            None => self.cbor_event(e),
        }
    }

    /// The entries of a raw log: topics one a key, everything else in `d`.
    fn log(&mut self, e: &EventInfo, topic: &[u8; 32]) {
        self.line(0, "log", e.name);
        self.line(1, "t1", hex(topic));
        let mut topics = 1;
        for field in &e.fields {
            let key = if field.indexed {
                topics += 1;
                format!("t{topics}")
            } else {
                "d".to_owned()
            };
            self.line(1, &key, format!("{} {}", field.kind, field.name));
        }
    }

    fn cbor_event(&mut self, e: &EventInfo) {
        self.line(0, "event", e.name);
        self.line(1, "$type", format!("text, indexed = {}", e.name));
        for field in &e.fields {
            let indexed = if field.indexed { ", indexed" } else { "" };
            self.line(1, field.name, format!("{}{indexed}", field.kind));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn equal_texts_do_not_differ() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
    }

    #[test]
    fn the_first_line_that_differs_is_shown() {
        assert_eq!(first_difference("a\nb\nc\n", "a\nx\ny\n"), Some((2, "b", "x")));
    }

    #[test]
    fn a_text_that_ends_early_differs() {
        assert_eq!(first_difference("a\n", "a\nb\n"), Some((2, "", "b")));
        assert_eq!(first_difference("a", "a\n"), Some((2, "(end of the text)", "")));
    }
}
