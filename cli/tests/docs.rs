//! The pages of the docs are those that the interfaces give.

use holdfast_api::{init::Init, token::Token};
use holdfast_runtime::method::{Interface, InterfaceInfo};
use holdfast_runtime::testing::golden;

fn page_is_up_to_date(interface: &InterfaceInfo) {
    golden::check_page(interface, format!("../docs/{}.md", interface.name));
}

#[test]
fn the_page_of_the_token_is_up_to_date() {
    page_is_up_to_date(&Token::describe());
}

#[test]
fn the_page_of_init_is_up_to_date() {
    page_is_up_to_date(&Init::describe());
}
