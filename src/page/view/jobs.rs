//! The jobs of one action type in the shown pipeline: five stations with tickets, the workers, what happened, and the
//! worker that a person plays by hand.

use super::{DetailRow, FactRow, FormField, FormOption, Icon, Role, StateView, Token};
use crate::page::{call_text::CallText, command::Command};

/// How many stations there are.
pub const STATIONS: usize = 5;

/// The jobs view of a pipeline that has actions with jobs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobsView {
    /// The action types with jobs; one is chosen.
    pub kinds: Vec<FormOption>,
    /// Which actions are of the chosen type, in one sentence.
    pub about: String,
    /// The pipeline as a strip.
    pub strip: Vec<StripStage>,
    /// Created, Queued, Dispatched, InProgress, Ended.
    pub stations: Vec<Station>,
    /// The two ways back: from Dispatched to Queued, and from InProgress to Created.
    pub loops: Vec<String>,
    /// What will appear, while there is no job yet.
    pub hint: Option<String>,
    /// The worker of the type, and the person.
    pub workers: Vec<WorkerView>,
    /// The button that opens the form of a worker.
    pub attach: Option<(String, Command)>,
    /// What happened to jobs and workers of this type, newest first.
    pub news: Vec<JobNews>,
    /// The worker played by hand.
    pub play: PlayView,
}

/// A stage of the strip.
#[derive(Clone, Debug, PartialEq)]
pub struct StripStage {
    /// Its name.
    pub name: String,
    /// Whether an action of the type stands in it.
    pub here: bool,
    /// Who is inside.
    pub tokens: Vec<Token>,
    /// How it ended last, where nobody is inside.
    pub sign: Option<(Role, Icon)>,
    /// The same in words.
    pub label: String,
}

/// One of the five stations.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// The service's word.
    pub name: &'static str,
    /// What it means to be here.
    pub explains: String,
    /// How many jobs are here.
    pub count: usize,
    /// Those that are drawn.
    pub tickets: Vec<Ticket>,
    /// How many more there are: the words of the button that shows some of them.
    pub more: Option<String>,
    /// Jobs of the same type in other pipelines.
    pub elsewhere: Option<String>,
}

/// A job as a ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// The job's UUID.
    pub job: String,
    /// The first characters of it.
    pub short: String,
    /// Whose job it is.
    pub token: Token,
    /// What it waits for and how long, or how it ended.
    pub state: StateView,
    /// Where it is in words.
    pub line: String,
    /// The sentence of a screen reader.
    pub label: String,
    /// At work: tinted.
    pub runs: bool,
    /// In the person's hands.
    pub yours: bool,
    /// Whether it answers "why?".
    pub why: bool,
    /// Selected on this page.
    pub selected: bool,
}

/// A worker as a card.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkerView {
    /// Its name.
    pub name: String,
    /// Whether it is the person.
    pub you: bool,
    /// What it does.
    pub state: StateView,
    /// What it has in hand.
    pub jobs: Vec<(Token, String)>,
    /// Its settings and what comes next.
    pub rows: Vec<DetailRow>,
    /// What can be done to it.
    pub presses: Vec<(String, Command)>,
}

/// Something that happened to a job or a worker.
#[derive(Clone, Debug, PartialEq)]
pub struct JobNews {
    /// Its row.
    pub row: FactRow,
    /// The job's UUID, where it is about one.
    pub job: Option<String>,
}

/// The worker played by hand: where the job is in its life, and the call that comes next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlayView {
    /// Whose job is played, and its first characters; `None` before the first poll.
    pub subject: Option<(Token, String)>,
    /// Poll, Acknowledge, Report.
    pub steps: Vec<(&'static str, Step)>,
    /// What the call asks for.
    pub fields: Vec<FormField>,
    /// The operation that is called next.
    pub operation: String,
    /// The call.
    pub call: Option<CallText>,
    /// What it answers, and what would be refused.
    pub note: String,
    /// What can be pressed, the next step first.
    pub presses: Vec<(String, Command)>,
    /// What was called by hand, newest first.
    pub said: Vec<SaidView>,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Done.
    Done,
    /// The next one.
    Now,
    /// Not yet.
    Later,
}

/// A call that was made by hand, and what came back.
#[derive(Clone, Debug, PartialEq)]
pub struct SaidView {
    /// Its number among them.
    pub number: u64,
    /// "10:02:05".
    pub time: String,
    /// The operation.
    pub operation: String,
    /// What came back, in a few words.
    pub text: String,
    /// Whether it was refused.
    pub refused: bool,
    /// The call for a shell.
    pub call: CallText,
    /// The answer as the API gives it.
    pub answer: String,
}
