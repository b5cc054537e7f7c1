//! Charts for the docs, drawn by plotters as SVG.
//!
//! A chart has no background, its lines are of colours that are seen on light and dark pages alike, and its text takes
//! the colour of the reader's scheme. The same data gives the same bytes.

mod bars;
mod curves;

pub use bars::{Bars, Group};
pub(crate) use curves::spaced;
pub use curves::{Curve, Curves};

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::style::RGBColor;

/// Pixels.
const WIDTH: u32 = 860;
/// The size of labels, pixels.
const LABEL: u32 = 15;
/// The size of the title, pixels.
const TITLE: u32 = 20;
/// Axes and grid.
const GREY: RGBColor = RGBColor(140, 140, 140);
/// One colour a series, told apart by those who do not see all colours (Okabe and Ito's).
const COLOURS: [RGBColor; 7] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
    RGBColor(0x99, 0x99, 0x99),
];
/// Text is dark, and light where the reader's scheme is dark. A rule of CSS is stronger than the colour in the element.
const STYLE: &str = "<style>text{fill:#24292f}@media(prefers-color-scheme:dark){text{fill:#e6edf3}}</style>";

/// Where a chart is drawn.
type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;
/// Why a chart could not be drawn.
type Trouble = DrawingAreaErrorKind<std::io::Error>;

/// Draws on an empty canvas of a height in pixels; gives the SVG.
fn draw(height: u32, chart: impl FnOnce(&Canvas<'_>) -> Result<(), Trouble>) -> String {
    let mut svg = String::new();
    {
        let canvas = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        let drawn = chart(&canvas).and_then(|()| canvas.present());
        drawn.unwrap_or_else(|error| panic!("a chart is drawn in memory: {error}"));
    }
    let head = svg.find('>').expect("the first element");
    svg.insert_str(head + 1, STYLE);
    svg
}

/// The colour of a series by its place.
fn colour(series: usize) -> RGBColor {
    COLOURS[series % COLOURS.len()]
}

/// Gas in millions.
pub(crate) fn millions(gas: u64) -> f64 {
    gas as f64 / 1e6
}
