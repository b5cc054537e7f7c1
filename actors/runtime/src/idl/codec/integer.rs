//! Integers within their limits.

use serde_json::Value;

use super::error::{CodecError, mismatch};
use crate::schema::Shape;

/// The smallest and the largest value of an integer shape; none for every other shape.
fn limits(shape: &Shape) -> Option<(i128, i128)> {
    match shape {
        Shape::Uint(bits) => Some((0, (1i128 << (*bits).min(64)) - 1)),
        Shape::Int => Some((i128::from(i64::MIN), i128::from(i64::MAX))),
        _ => None,
    }
}

/// Reads a number or its digits.
///
/// # Errors
/// When it is no integer or lies outside the limits.
pub(super) fn parse(shape: &Shape, value: &Value) -> Result<i128, CodecError> {
    let number = match value {
        Value::Number(n) => n.to_string(),
        Value::String(digits) => digits.replace('_', ""),
        other => return Err(mismatch(shape, &super::encode::kind(other))),
    };
    let parsed = number
        .parse()
        .map_err(|_| mismatch(shape, &format!("`{number}`")))?;
    within(shape, parsed)
}

/// Refuses what lies outside the limits.
///
/// # Errors
/// Names the value and both limits.
pub(super) fn within(shape: &Shape, number: i128) -> Result<i128, CodecError> {
    match limits(shape) {
        Some((low, high)) if !(low..=high).contains(&number) => {
            Err(CodecError::new(format!("{number} lies outside {low} to {high}")))
        }
        _ => Ok(number),
    }
}
