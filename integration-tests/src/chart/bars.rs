//! Bars side by side: some series compared in several groups.

use plotters::chart::{ChartBuilder, LabelAreaPosition, SeriesLabelPosition};
use plotters::element::{EmptyElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, IntoFont, TextStyle};

use super::{Canvas, GREY, LABEL, TITLE, Trouble, colour, draw, millions};

/// Pixels of a bar.
const BAR: u32 = 14;
/// Pixels between two groups.
const GAP: u32 = 14;
/// Pixels above and below the bars: title and axis.
const AROUND: u32 = 100;
/// Pixels left of the bars, for the names of the groups.
const NAMES: u32 = 210;

/// What is compared.
#[derive(Clone, Debug)]
pub struct Bars<'a> {
    /// What the chart shows.
    pub title: &'a str,
    /// One bar of each group.
    pub series: Vec<String>,
    /// From top to bottom.
    pub groups: Vec<Group>,
}

/// Bars that stand together.
#[derive(Clone, Debug)]
pub struct Group {
    /// What is compared.
    pub name: String,
    /// Gas, one a series; none where a series has none.
    pub gas: Vec<Option<u64>>,
}

/// A bar and its place, pixels from the top.
struct Bar {
    series: usize,
    gas: f64,
    top: f64,
    bottom: f64,
}

/// Where everything is.
#[derive(Default)]
struct Layout<'a> {
    bars: Vec<Bar>,
    /// The groups' names, each beside the middle of its bars.
    names: Vec<(&'a str, f64)>,
    height: u32,
}

impl Bars<'_> {
    /// The chart as SVG.
    ///
    /// # Panics
    /// When there is nothing to draw.
    pub fn svg(&self) -> String {
        let layout = self.layout();
        draw(layout.height + AROUND, |canvas| self.draw(canvas, &layout))
    }

    fn layout(&self) -> Layout<'_> {
        let mut layout = Layout::default();
        for Group { name, gas } in &self.groups {
            layout.height += GAP;
            let start = layout.height;
            for (series, gas) in gas.iter().enumerate() {
                let Some(gas) = *gas else { continue };
                layout.bars.push(Bar {
                    series,
                    gas: millions(gas),
                    top: f64::from(layout.height),
                    bottom: f64::from(layout.height + BAR - 1),
                });
                layout.height += BAR;
            }
            let middle = f64::from(start + layout.height) / 2.0;
            layout.names.push((name, middle));
        }
        layout
    }

    fn draw(&self, canvas: &Canvas<'_>, layout: &Layout<'_>) -> Result<(), Trouble> {
        let longest = layout.bars.iter().map(|bar| bar.gas).fold(0.0, f64::max);
        let label = TextStyle::from(("sans-serif", LABEL).into_font());
        let mut plot = ChartBuilder::on(canvas)
            .caption(self.title, ("sans-serif", TITLE))
            .margin(10)
            .set_label_area_size(LabelAreaPosition::Left, NAMES)
            .set_label_area_size(LabelAreaPosition::Bottom, 40)
            .build_cartesian_2d(0.0..longest * 1.1, f64::from(layout.height)..0.0)?;
        plot.configure_mesh()
            .disable_y_mesh()
            .y_labels(0)
            .x_desc("gas of one message, millions")
            .axis_style(GREY)
            .bold_line_style(GREY.mix(0.35))
            .light_line_style(GREY.mix(0.0))
            .label_style(label.clone())
            .draw()?;
        for (number, series) in self.series.iter().enumerate() {
            let bars = layout.bars.iter().filter(|bar| bar.series == number);
            let bars = bars.map(|bar| {
                let corners = [(0.0, bar.top), (bar.gas, bar.bottom)];
                Rectangle::new(corners, colour(number).filled())
            });
            let legend = move |(x, y)| {
                let corners = [(x, y - 5), (x + 10, y + 5)];
                Rectangle::new(corners, colour(number).filled())
            };
            plot.draw_series(bars)?.label(series).legend(legend);
        }
        let beside = |pos| label.clone().pos(Pos::new(pos, VPos::Center));
        plot.draw_series(layout.bars.iter().map(|bar| {
            let end = EmptyElement::at((bar.gas, f64::midpoint(bar.top, bar.bottom)));
            end + Text::new(format!("{:.2}", bar.gas), (4, 0), beside(HPos::Left))
        }))?;
        plot.draw_series(layout.names.iter().map(|(name, middle)| {
            EmptyElement::at((0.0, *middle)) + Text::new((*name).to_owned(), (-6, 0), beside(HPos::Right))
        }))?;
        plot.configure_series_labels()
            .position(SeriesLabelPosition::LowerRight)
            .border_style(GREY.mix(0.6))
            .label_font(label.clone())
            .draw()
    }
}
