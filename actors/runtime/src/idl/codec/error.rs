//! What is wrong with a value, and where.

use crate::idl::type_name;
use crate::schema::{Field, Shape};

/// A value that does not fit its shape: one sentence, with the place in front.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", self.place())]
pub struct CodecError {
    path: Vec<String>,
    message: String,
}

impl CodecError {
    /// An error at the top.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            message: message.into(),
        }
    }

    /// Says that it lies inside a field or an entry.
    pub(super) fn inside(mut self, name: impl Into<String>) -> Self {
        self.path.insert(0, name.into());
        self
    }

    /// Says that it lies in a field, and what belongs there. The innermost field explains itself.
    pub(super) fn in_field(mut self, field: &Field) -> Self {
        if self.path.is_empty() {
            self.message = format!("{} ({})", self.message, explain(field));
        }
        self.inside(field.name)
    }

    fn place(&self) -> String {
        if self.path.is_empty() {
            return String::new();
        }
        let path = self.path.join(".").replace(".[", "[");
        format!("{path}: ")
    }
}

/// A field's type and what it is.
pub(super) fn explain(field: &Field) -> String {
    let doc = field.doc.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = match field.shape {
        Shape::Amount => "; \"5\" is 5 whole ones, \"5 atto\" the smallest unit",
        _ => "",
    };
    format!("{}: {}{unit}", type_name(&field.shape), doc.trim_end_matches('.'))
}

/// The error for a value of the wrong kind.
pub(super) fn mismatch(shape: &Shape, found: &str) -> CodecError {
    CodecError::new(format!("expected {}, found {found}", expected(shape)))
}

fn expected(shape: &Shape) -> String {
    match shape {
        Shape::Unit => "nothing".to_owned(),
        Shape::Bool => "true or false".to_owned(),
        Shape::Uint(bits) => format!("an unsigned integer of {bits} bits"),
        Shape::Int => "a signed integer of 64 bits".to_owned(),
        Shape::Text => "text".to_owned(),
        Shape::Bytes => "bytes".to_owned(),
        Shape::Fixed(len) => format!("{len} bytes"),
        Shape::Address => "an address".to_owned(),
        Shape::Amount => "an amount".to_owned(),
        Shape::Link => "a link".to_owned(),
        Shape::ForeignCid => "a CID".to_owned(),
        Shape::Optional(inner) => format!("{} or null", expected(inner)),
        Shape::List(inner) => format!("a list of {}", type_name(inner)),
        Shape::Record(record) | Shape::Choice(record) => format!("a {}", record.name),
        Shape::Tree(_) => "a node of a tree".to_owned(),
    }
}

/// ` (did you mean ..?)` with the name that a wrong one most likely stands for; nothing when none is near.
pub fn did_you_mean<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let near = names.into_iter().min_by_key(|name| distance(wrong, name));
    match near {
        Some(name) if distance(wrong, name) <= wrong.len().max(3) / 3 => format!(" (did you mean `{name}`?)"),
        _ => String::new(),
    }
}

fn distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(&a.to_lowercase(), &b.to_lowercase())
}
