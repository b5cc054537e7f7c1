//! How the story looks: plain short lines, coloured on a terminal only.

use anstream::println;
use anstyle::{AnsiColor, Style};

const TITLE: Style = AnsiColor::Cyan.on_default().bold();
const QUIET: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Yellow.on_default();

/// A new chapter.
pub(super) fn chapter(title: &str) {
    println!("\n{TITLE}{title}{TITLE:#}");
}

/// What happens.
pub(super) fn say(text: &str) {
    println!("{text}");
}

/// A value with its name.
pub(super) fn fact(name: &str, value: &str) {
    println!("  {QUIET}{name:<12}{QUIET:#} {value}");
}

/// Something that was checked and is so.
pub(super) fn checked(text: &str) {
    println!("  {GOOD}ok{GOOD:#}           {text}");
}

/// Something that was refused, as it should be.
pub(super) fn refused(name: &str, value: &str) {
    println!("  {BAD}{name:<12}{BAD:#} {value}");
}
