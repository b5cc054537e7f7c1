//! Allow-lists and access logs.

use super::{Folder, prints, refuses};

const LIST: &str = "\
# readers of harbour
0xca8d5722a3a284d82f4ff7f641cecc5fc85ae0a5

f01001
t01002 # the archive
";

/// A file with this text; gives its path.
fn file(folder: &Folder, text: &str) -> String {
    folder.write("file", text.as_bytes());
    folder.path("file")
}

#[test]
fn the_root_of_a_list_is_printed_and_the_path_of_a_subject() {
    let folder = Folder::new();
    let list = file(&folder, LIST);
    // As StandardMerkleTree.of(.., ["address"]) of @openzeppelin/merkle-tree gives them.
    assert_eq!(
        prints(&["allow-list", "root", &list]),
        "0x69892d8928e1e6581941b7536649b587deae67b11d7d007e8fcc31c47fc466a5\n"
    );
    let path = "0x21297185468d568335818bb5b217c7444357ffa30f2242b3bdd7f255e7deeacea6ba8c3f608e92fe81f4d73a604d84ccc4698d368369edb9ddcabb84d2fe2318\n";
    for form in ["f01001", "t01001", "0xff000000000000000000000000000000000003e9"] {
        assert_eq!(prints(&["allow-list", "prove", &list, form]), path);
    }
}

#[test]
fn a_list_with_a_fault_is_refused_with_file_and_line() {
    let folder = Folder::new();
    let f1 = "f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq";
    let list = file(&folder, &format!("f01001\n{f1}\n"));
    refuses(
        &["allow-list", "root", &list],
        &["file: line 2", f1, "list the actor's id"],
    );
    let list = file(&folder, "f01001\nf01002\nt01001\n");
    refuses(
        &["allow-list", "root", &list],
        &["file: lines 1 and 3 name the same subject"],
    );
    let list = file(&folder, "# nobody\n");
    refuses(&["allow-list", "root", &list], &["the list is empty"]);
    refuses(
        &["allow-list", "root", &folder.path("none")],
        &["none: cannot be read"],
    );
}

#[test]
fn the_root_of_a_log_is_printed_and_the_path_of_an_entry() {
    let folder = Folder::new();
    let log = file(&folder, "alice read 1\nbob read 2\n\ncarol read 3");
    // As SimpleMerkleTree.of(leaves, { sortLeaves: false }) of @openzeppelin/merkle-tree gives them.
    assert_eq!(
        prints(&["log", "root", &log]),
        "0x1cd767697c4f09526f5abccc0960ce5dd30f5b4d6733882a3b9eef73dfffd0da\n"
    );
    assert_eq!(
        prints(&["log", "prove", &log, "2"]),
        "0x9bf0efb542049b87439b1469c9c76cdc55ad5bc3aba5fca37c91d551a3bf9e4f097aa9f5e6d4468950c00fe3f47174312ccdf05ef00892124f8f68b37d1ab150\n"
    );
}

#[test]
fn a_log_with_a_fault_is_refused() {
    let folder = Folder::new();
    let log = file(&folder, "alice\nbob\n");
    refuses(&["log", "prove", &log, "2"], &["no entry 2", "the log has 2"]);
    let log = file(&folder, &format!("alice\n{}\n", "x".repeat(1025)));
    refuses(&["log", "root", &log], &["file: entry 1", "1024 bytes"]);
    let log = file(&folder, "");
    refuses(&["log", "root", &log], &["the log is empty"]);
}

#[test]
fn the_longest_entry_is_taken() {
    let folder = Folder::new();
    let long = "x".repeat(1024);
    let (one, other) = (format!("{long}\nbob"), format!("{long}\nbob\n"));
    let one = prints(&["log", "root", &file(&folder, &one)]);
    assert_eq!(prints(&["log", "root", &file(&folder, &other)]), one);
}
