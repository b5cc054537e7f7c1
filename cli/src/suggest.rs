//! "Did you mean ..?" for names that do not exist.

/// `; did you mean ..?` with the nearest of the names, or nothing when none is near.
pub(crate) fn nearest(wrong: &str, names: &[&str]) -> String {
    let best = names
        .iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&wrong.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((likeness, name)) if likeness > 0.75 => format!("; did you mean `{name}`?"),
        _ => String::new(),
    }
}
