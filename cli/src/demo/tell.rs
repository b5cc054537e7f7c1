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

/// Digits in groups of three.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn digits_are_grouped_from_the_right() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_234), "1 234");
        assert_eq!(grouped(123_456_789), "123 456 789");
    }
}
