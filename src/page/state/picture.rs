//! What this tab shows of the picture: which rows and blocks are seen, and what is shown on demand.

/// How many stages a line has at most that is drawn as a whole.
pub const SMALL_STAGES: usize = 12;
/// How many actions it has at most.
pub const SMALL_ACTIONS: usize = 120;

/// What the lanes of PARALLEL mode are ordered by. Of those that are alike the oldest comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LaneOrder {
    /// When they started: the newest stands at the bottom.
    #[default]
    Start,
    /// How they stand: what needs somebody comes first.
    State,
    /// How far they have come: the furthest comes first.
    Place,
}

impl LaneOrder {
    /// All of them, as they are offered.
    pub const ALL: [LaneOrder; 3] = [LaneOrder::Start, LaneOrder::State, LaneOrder::Place];
}

/// The picture as this tab shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureUi {
    /// The first lane that is drawn, and how many.
    pub lanes: (usize, usize),
    /// What the lanes are ordered by.
    pub order: LaneOrder,
    /// The first stage that is drawn with its content, and how many; of a small line all are.
    pub stages: (usize, usize),
    /// The stage in which the keyboard is: it keeps its content.
    pub kept: Option<String>,
    /// Whether the artifacts are shown.
    pub artifacts: bool,
    /// Whether the variables are shown.
    pub variables: bool,
    /// Whether those that a change of mode left over are shown.
    pub left_over: bool,
}

impl Default for PictureUi {
    fn default() -> Self {
        Self {
            lanes: (0, 40),
            order: LaneOrder::Start,
            stages: (0, SMALL_STAGES),
            kept: None,
            artifacts: false,
            variables: false,
            left_over: false,
        }
    }
}

/// Something about how the picture is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureCommand {
    /// These lanes are seen.
    Lanes {
        /// The first one.
        first: usize,
        /// How many.
        count: usize,
    },
    /// Orders the lanes otherwise.
    Order(LaneOrder),
    /// These stages are seen.
    Stages {
        /// The first one.
        first: usize,
        /// How many.
        count: usize,
        /// The one in which the keyboard is.
        kept: Option<String>,
    },
    /// Shows the artifacts, or hides them.
    Artifacts,
    /// Shows the variables, or hides them.
    Variables,
    /// Unfolds those that a change of mode left over, or folds them.
    LeftOver,
}

impl PictureUi {
    /// The same for another pipeline or world.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self {
            artifacts: self.artifacts,
            variables: self.variables,
            order: self.order,
            ..Self::default()
        }
    }

    /// After a command. Says whether anything is another than before.
    pub fn change(&mut self, command: PictureCommand) -> bool {
        let before = self.clone();
        match command {
            PictureCommand::Lanes { first, count } => self.lanes = (first, count),
            PictureCommand::Order(order) => self.order = order,
            PictureCommand::Stages { first, count, kept } => {
                self.stages = (first, count);
                self.kept = kept;
            }
            PictureCommand::Artifacts => self.artifacts = !self.artifacts,
            PictureCommand::Variables => self.variables = !self.variables,
            PictureCommand::LeftOver => self.left_over = !self.left_over,
        }
        *self != before
    }
}
