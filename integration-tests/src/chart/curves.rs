//! Curves over a number of entries that grows by powers of ten.

use plotters::chart::{ChartBuilder, LabelAreaPosition, SeriesLabelPosition};
use plotters::coord::combinators::IntoLogRange;
use plotters::element::{Circle, PathElement};
use plotters::series::LineSeries;
use plotters::style::{Color, IntoFont, TextStyle};

use super::{Canvas, GREY, LABEL, TITLE, Trouble, colour, draw, millions};

/// Pixels.
const HEIGHT: u32 = 480;

/// What grows with what.
#[derive(Clone, Debug)]
pub struct Curves<'a> {
    /// What the chart shows.
    pub title: &'a str,
    /// What is counted along the x axis.
    pub entries: &'a str,
    /// The curves.
    pub curves: Vec<Curve>,
}

/// One curve.
#[derive(Clone, Debug)]
pub struct Curve {
    /// What it is of.
    pub name: String,
    /// Entries and gas, by rising entries.
    pub points: Vec<(u64, u64)>,
}

impl Curves<'_> {
    /// The chart as SVG.
    ///
    /// # Panics
    /// When there is nothing to draw.
    pub fn svg(&self) -> String {
        draw(HEIGHT, |canvas| self.draw(canvas))
    }

    fn draw(&self, canvas: &Canvas<'_>) -> Result<(), Trouble> {
        let points = || self.curves.iter().flat_map(|curve| &curve.points);
        let most = points().map(|(entries, _)| *entries).max().expect("a point");
        let highest = points().map(|(_, gas)| millions(*gas)).fold(0.0, f64::max);
        let label = TextStyle::from(("sans-serif", LABEL).into_font());
        let mut plot = ChartBuilder::on(canvas)
            .caption(self.title, ("sans-serif", TITLE))
            .margin(10)
            .margin_right(40)
            .set_label_area_size(LabelAreaPosition::Left, 60)
            .set_label_area_size(LabelAreaPosition::Bottom, 45)
            .build_cartesian_2d((1..most).log_scale(), 0.0..highest * 1.1)?;
        plot.configure_mesh()
            .x_desc(self.entries)
            .x_label_formatter(&|entries| spaced(*entries))
            .y_desc("gas of one message, millions")
            .axis_style(GREY)
            .bold_line_style(GREY.mix(0.35))
            .light_line_style(GREY.mix(0.0))
            .label_style(label.clone())
            .draw()?;
        for (number, Curve { name, points }) in self.curves.iter().enumerate() {
            let points = || points.iter().map(|(entries, gas)| (*entries, millions(*gas)));
            let line = colour(number).stroke_width(2);
            plot.draw_series(LineSeries::new(points(), line))?
                .label(name)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 16, y)], line));
            plot.draw_series(points().map(|point| Circle::new(point, 3, colour(number).filled())))?;
        }
        plot.configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .border_style(GREY.mix(0.6))
            .label_font(label)
            .draw()
    }
}

/// A number with a space before every three digits.
pub(crate) fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<&str> = groups
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    groups.join(" ")
}
