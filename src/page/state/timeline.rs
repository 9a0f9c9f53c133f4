//! What this tab shows of the timeline: how it is ordered, which stretch of time, how large it stands on the screen.
//! Lengths are in units of the design: a sixteenth of the root's font size, so that everything grows with it.

use crate::engine::time::Instant;

/// How the timeline is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// A row for each stage.
    #[default]
    Stage,
    /// A row for each execution, the newest first.
    Execution,
    /// The same as a table, for whoever reads rather than looks.
    Table,
}

/// Which stretch of time is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Window {
    /// Everything that is live.
    #[default]
    Fit,
    /// From an instant on, at a scale.
    At {
        /// Its left edge.
        from: Instant,
        /// Milliseconds in a unit.
        scale: f64,
        /// It moves on with the clock once that has reached this share of the width; `None`: it stays.
        follows: Option<f64>,
    },
}

/// The timeline as this tab shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineUi {
    /// Its order.
    pub by: By,
    /// What is seen.
    pub window: Window,
    /// Width of the plot.
    pub width: f64,
    /// Height of the plot.
    pub height: f64,
    /// How far the rows are scrolled.
    pub scroll: f64,
    /// Whether idle stretches are drawn at their full length.
    pub unfolded: bool,
    /// The instant of which it is read who was where.
    pub read: Option<Instant>,
}

impl TimelineUi {
    /// The same for another pipeline or world: its size stays, and how it is ordered.
    #[must_use]
    pub fn elsewhere(self) -> Self {
        Self {
            window: Window::Fit,
            scroll: 0.0,
            read: None,
            ..self
        }
    }
}

impl Default for TimelineUi {
    fn default() -> Self {
        Self {
            by: By::default(),
            window: Window::default(),
            // Until it is measured.
            width: 560.0,
            height: 190.0,
            scroll: 0.0,
            unfolded: false,
            read: None,
        }
    }
}

/// What a person does to the timeline. Places are units from the left edge of the plot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimelineCommand {
    /// Order it so.
    Order(By),
    /// It has this size now.
    Size {
        /// Width of the plot.
        width: f64,
        /// Height of the plot.
        height: f64,
    },
    /// The rows were scrolled.
    Scroll(f64),
    /// More than 1 shows less time. What is at the place stays there.
    Zoom {
        /// How much larger everything becomes.
        factor: f64,
        /// The place that stays; `None` is now, or the middle where now is not seen.
        at: Option<f64>,
    },
    /// So many units later.
    Pan(f64),
    /// Read who was where at this place; `None` puts that away.
    Read(Option<f64>),
    /// Show everything that is live.
    Fit,
    /// Draw idle stretches at their full length, or not.
    Unfold(bool),
}
