//! The Init actor of a Holdfast bundle.
