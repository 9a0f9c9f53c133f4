//! What is drawn in turns. While fast-forwarding nobody reads every row that goes by, and drawing all of the page at once
//! would hold it up: each drawing shows the clock and one part anew, and leaves the others as they stand. Whatever a person
//! does draws everything, and so does the end.

use super::super::view::PageView;

/// A part of the page that is drawn by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Part {
    /// Everything but the others.
    #[default]
    Picture,
    /// The timeline.
    Timeline,
    /// The list of facts.
    Facts,
}

impl Part {
    /// Whose turn it is after this one.
    pub(super) fn next(self) -> Self {
        match self {
            Self::Picture => Self::Timeline,
            Self::Timeline => Self::Facts,
            Self::Facts => Self::Picture,
        }
    }

    /// Leaves in `view` what is not of this part as it is shown.
    pub(super) fn alone(self, view: &mut PageView, shown: &PageView) {
        if self != Self::Picture {
            view.pipelines.clone_from(&shown.pipelines);
            view.pipeline.clone_from(&shown.pipeline);
            view.details.clone_from(&shown.details);
            view.jobs.clone_from(&shown.jobs);
        }
        if self != Self::Timeline {
            view.timeline.clone_from(&shown.timeline);
        }
        if self != Self::Facts {
            view.facts.clone_from(&shown.facts);
            view.fact_list.clone_from(&shown.fact_list);
        }
    }
}
