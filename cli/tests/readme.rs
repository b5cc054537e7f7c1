//! The examples of the README print what it says.

use std::process::Command;

const README: &str = include_str!("../README.md");

/// The commands of the code blocks with what follows them; those with a `..` stand for something else.
fn examples() -> Vec<(String, String)> {
    let blocks = README.split("```").skip(1).step_by(2);
    let commands = blocks.flat_map(|block| block.split("$ holdfast ").skip(1));
    commands
        .filter_map(|example| example.split_once('\n'))
        .filter(|(command, _)| !command.contains(".."))
        .map(|(command, output)| (command.to_owned(), output.trim().to_owned()))
        .collect()
}

#[test]
fn every_example_prints_what_the_readme_says() {
    let examples = examples();
    assert!(examples.len() >= 2, "{examples:?}");
    for (command, expected) in examples {
        let output = Command::new(env!("CARGO_BIN_EXE_holdfast"))
            .args(command.split_whitespace())
            .output()
            .expect("the command starts");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(printed.trim(), expected, "{command}");
    }
}
