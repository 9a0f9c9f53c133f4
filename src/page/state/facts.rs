//! What this tab shows of the facts: which of them, and which part of the list.

/// Kinds of facts to look for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactKind {
    /// All.
    #[default]
    All,
    /// Executions: started, waits, superseded, stopped, ended.
    Executions,
    /// Stages: entered, ended, retried.
    Stages,
    /// Actions, and the answers of people.
    Actions,
    /// Jobs and workers.
    Jobs,
    /// Conditions and their rules.
    Conditions,
    /// Transitions, versions, behaviours, alarms, tags: what somebody set.
    Settings,
    /// Calls that were refused: no facts of the world, but told at their time.
    Refused,
}

/// Which facts are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactFilter {
    /// Those of an execution, by UUID.
    pub execution: Option<String>,
    /// Those that name a stage.
    pub stage: Option<String>,
    /// Those of a kind.
    pub kind: FactKind,
    /// Those that a call said, and did not merely follow.
    pub mine: bool,
}

impl FactFilter {
    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_on(&self) -> bool {
        *self != Self::default()
    }
}

/// The list as this tab shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsUi {
    /// Which facts.
    pub filter: FactFilter,
    /// The first row that is drawn.
    pub first: usize,
    /// How many rows are drawn.
    pub count: usize,
    /// The newest fact when somebody began to read further down: what is newer waits until they come back.
    pub held: Option<u64>,
    /// The fact that is open.
    pub open: Option<u64>,
}

impl FactsUi {
    /// The same for another pipeline or world: from the newest on, with nothing left out.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self {
            count: self.count,
            ..Self::default()
        }
    }

    /// After a command; `newest` is the number of the newest fact there is.
    pub fn change(&mut self, command: FactsCommand, newest: u64) {
        match command {
            FactsCommand::Filter(filter) => {
                *self = Self {
                    filter,
                    ..self.elsewhere()
                };
            }
            FactsCommand::Rows { first, count, top } => {
                self.first = first;
                self.count = count;
                self.held = if top {
                    None
                } else {
                    self.held.or(Some(newest))
                };
            }
            FactsCommand::Open(fact) => self.open = fact,
        }
    }
}

impl Default for FactsUi {
    fn default() -> Self {
        Self {
            filter: FactFilter::default(),
            first: 0,
            // Until the list is measured.
            count: crate::page::view::FACTS_SHOWN,
            held: None,
            open: None,
        }
    }
}

/// What a person does to the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactsCommand {
    /// Show only these.
    Filter(FactFilter),
    /// These rows are seen.
    Rows {
        /// The first.
        first: usize,
        /// How many.
        count: usize,
        /// Whether the newest is among them.
        top: bool,
    },
    /// Open a fact, or close it.
    Open(Option<u64>),
}
