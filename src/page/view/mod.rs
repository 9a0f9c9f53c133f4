//! What the page shows, as plain data. Built from the world by pure functions, drawn by the components;
//! neither side knows the other. Every text is finished here: the components glue nothing together.

use std::sync::Arc;

pub mod build;
mod details;
mod edit;
mod facts;
mod form;
mod import;
mod jobs;
mod picture;
pub mod timeline;

pub use picture::{
    CheckPlace, CheckView, FlowPlace, FlowRow, FlowView, LaneCell, LaneRow, LanesView, Pip,
};

use crate::page::state::settings::Settings;
pub use facts::{FactDetail, FactListView};
use timeline::TimelineView;

pub use form::{EffectView, FormField, FormInput, FormOption, FormView, OfferView};
mod operate;
mod worlds;

pub use details::{Choice, DetailsTab, Section, SectionRow};
pub use edit::{
    BusRow, BusView, DraftColumn, DraftStage, DraftTile, EditField, EditForm, EditView,
    FieldChoice, FieldKind, FindingView, FoldView, FormItem, JsonView, Mark, Press,
};
pub use import::{
    ChoiceOption, ChoiceView, FieldView, FoundStage, FoundView, ImportView, ProblemView,
};
pub use jobs::{
    JobNews, JobsView, PlayView, STATIONS, SaidView, Station, Step, StripStage, Ticket, WorkerView,
};
pub use operate::{AnswerView, OperateForm, OperateView, OperationGroup};
pub use worlds::{CardView, GalleryView, LessonView, OwnWorldView, StopView, UndoView, WorldsView};

/// Everything on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct PageView {
    /// The world's place and how it is stored.
    pub world: WorldView,
    /// Every pipeline of the world, by name.
    pub pipelines: Vec<PipelineEntry>,
    /// The pipeline in the picture; `None` in an empty world.
    pub pipeline: Option<PipelineView>,
    /// The clock bar.
    pub clock: ClockView,
    /// The facts of the shown pipeline that are drawn, newest first, at most [`FACTS_SHOWN`].
    pub facts: Vec<FactRow>,
    /// The list that they are a part of.
    pub fact_list: FactListView,
    /// What every execution did with its time; `None` in an empty world.
    pub timeline: Option<TimelineView>,
    /// The selected thing; the pipeline itself when nothing else is selected.
    pub details: Option<DetailsView>,
    /// The import dialog; `Some` while it is open. Shared, as it is built once and shown in many pictures.
    pub import: Option<Arc<ImportView>>,
    /// The form in front; `Some` while one is open. Shared, as it is built where something in it changes.
    pub form: Option<Arc<FormView>>,
    /// The operations; `Some` while their list or a form is open. Shared, as the form is built when something in it
    /// changes.
    pub operate: Option<Arc<OperateView>>,
    /// How the person wants the page.
    pub settings: Settings,
    /// The gallery, what can be taken back, what the clock stops at.
    pub worlds: WorldsView,
    /// What the page shows of the pipeline.
    pub screen: Screen,
    /// The editor; `Some` while it is shown. Shared, as it is built when the draft changes and not in every frame.
    pub edit: Option<Arc<EditView>>,
    /// The jobs; `Some` while they are shown and the pipeline has actions with jobs.
    pub jobs: Option<JobsView>,
    /// Whether a draft that differs from what is saved is kept in this tab.
    pub kept_draft: bool,
}

/// The views of a pipeline, in the order of the switch between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// The line as it runs.
    #[default]
    Picture,
    /// The jobs of its actions, and who does them.
    Jobs,
    /// A draft of it.
    Edit,
}

impl Screen {
    /// Every view.
    pub const ALL: [Self; 3] = [Self::Picture, Self::Jobs, Self::Edit];
}

/// How many facts are drawn at most.
pub const FACTS_SHOWN: usize = 200;

/// Where the world is and whether it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldView {
    /// The world's name.
    pub name: String,
    /// Region of the world, such as `us-east-1`.
    pub region: String,
    /// What the storage does, in one or two words: "Saved", "In memory", "Not saved".
    pub saved: String,
    /// Number of facts recorded, as a sentence: "214 facts".
    pub facts: String,
    /// The other worlds that are kept in this browser, by name.
    pub others: Vec<String>,
    /// Work at risk or limits to tell, shown under the app bar.
    pub banner: Option<BannerView>,
}

/// A line under the app bar: what happened, what still works, one thing to press.
#[derive(Clone, Debug, PartialEq)]
pub struct BannerView {
    /// Red for work at risk, amber for limits, plain for news.
    pub role: BannerRole,
    /// One or two sentences.
    pub text: String,
    /// What there is to press: the remedy first.
    pub actions: Vec<(String, super::command::Command)>,
}

/// How much a banner matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BannerRole {
    /// Work is at risk.
    Risk,
    /// Something is limited.
    Limit,
    /// News.
    News,
}

/// One pipeline in the chooser.
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineEntry {
    /// Its name.
    pub name: String,
    /// A line beside it: "V2, SUPERSEDED, version 3".
    pub note: String,
    /// Whether the picture shows it.
    pub shown: bool,
}

/// The pipeline in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineView {
    /// Its name.
    pub name: String,
    /// SUPERSEDED, QUEUED or PARALLEL.
    pub mode: String,
    /// "version 3".
    pub version: String,
    /// Live and just-ended executions, furthest along the line first.
    pub roster: Vec<RosterCell>,
    /// The line, in order.
    pub stages: Vec<StageView>,
    /// In PARALLEL mode the executions as lanes, in place of the line; else those that a change of mode left over.
    pub lanes: Option<LanesView>,
    /// What flows under the line, where that is asked for.
    pub flows: Vec<FlowView>,
    /// Whether the line is so long that only what is seen of it is drawn.
    pub large: bool,
    /// How wide the longest name in a tile is, in sixteenths of a rem.
    pub longest: f64,
    /// A sentence for somebody who sees this for the first time, shown while nothing has happened yet.
    pub hint: Option<String>,
}

/// An execution as a sign: letter, shape, colour. Two executions never look the same while both are visible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The execution's UUID.
    pub execution: String,
    /// The first four characters of the UUID.
    pub short: String,
    /// A to Z, then A2.
    pub letter: String,
    /// 0 circle, 1 square, 2 diamond, 3 hexagon, 4 pentagon, 5 shield.
    pub shape: u8,
    /// 0 to 4: the identity colours.
    pub colour: u8,
    /// Left without finishing: drawn as a dashed outline.
    pub ghost: bool,
    /// A rollback: second outline.
    pub rollback: bool,
}

/// What a state means for the person: the only things that have a hue besides tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// At work.
    Run,
    /// Done well.
    Ok,
    /// Waits for something that is not a person.
    Wait,
    /// Waits for a person: press here.
    Person,
    /// Failed.
    Fail,
    /// Over without an outcome, or not begun.
    Gone,
}

/// The icons of states; each is a `<symbol>` of www/icons.svg named `i-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Arc and dot.
    Running,
    /// Disc and tick.
    Succeeded,
    /// Padlock.
    Lock,
    /// Cut line.
    Gate,
    /// Three bars.
    Queue,
    /// Person.
    Person,
    /// Octagon and cross.
    Failed,
    /// Double chevron to a bar.
    Superseded,
    /// Square.
    Stopped,
    /// Square in a square.
    Stopping,
    /// Circle and slash.
    Cancelled,
    /// Broken square.
    Abandoned,
    /// Leap.
    Skipped,
    /// Dashed circle.
    NotStarted,
    /// Hourglass.
    Hourglass,
    /// Arc and arrow.
    Retrying,
    /// Return arrow.
    RollingBack,
    /// Ticket.
    Ticket,
    /// Clock.
    Clock,
    /// Bell.
    Bell,
    /// Detour.
    Overridden,
}

/// A state: always a word, a shape and a colour together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateView {
    /// Its meaning.
    pub role: Role,
    /// Its shape.
    pub icon: Icon,
    /// Its word: "Running, 40 %".
    pub word: String,
}

/// One cell of the roster.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterCell {
    /// Who.
    pub token: Token,
    /// In which state.
    pub state: StateView,
    /// Where and why: "of Production, held by A, 2 min so far".
    pub line: String,
    /// Selected on this page.
    pub selected: bool,
    /// The answer to "why?"; `None` where nothing needs a reason.
    pub why: Option<WhyView>,
}

/// The frame of a stage block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Nobody inside, last result not a failure.
    Free,
    /// Locked: heavy ink frame.
    Held,
    /// Nobody inside and the last result is Failed: heavy red frame.
    Bad,
}

/// A stage on the line, with what stands in front of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StageView {
    /// Its name.
    pub name: String,
    /// The sentence a screen reader says: "Production, stage 4 of 4, locked by A, 1 execution waits". It begins with the
    /// name, as that is what people who speak to their computer say.
    pub label: String,
    /// Under the name: "locked by A, 47 min", "free", "failed for B".
    pub line: String,
    /// How it is framed.
    pub frame: Frame,
    /// Who holds the lock.
    pub holder: Option<Token>,
    /// Who waits in front, head first.
    pub waiting: Vec<WaitingView>,
    /// Who left the bay without entering, newest first (superseded, stopped).
    pub ghosts: Vec<GhostView>,
    /// The gate: the inbound transition.
    pub gate: GateView,
    /// In PARALLEL mode, of a long line: who is inside, for the strip of all blocks.
    pub inside: Vec<Token>,
    /// What it takes to know the size of the block.
    pub shape: super::layout::line::StageShape,
    /// Whether checks and run orders are there: of a long line, only of what is seen.
    pub drawn: bool,
    /// Its conditions.
    pub checks: Vec<CheckView>,
    /// Run orders, ascending.
    pub columns: Vec<ColumnView>,
    /// Selected on this page.
    pub selected: bool,
}

impl StageView {
    /// What its signs in a lane stand for, in their order; how the stage stands, where that is not there.
    #[must_use]
    pub fn signs(&self) -> String {
        let check = |place: CheckPlace| {
            let checks = self.checks.iter().filter(move |check| check.place == place);
            checks.flat_map(|check| &check.rules)
        };
        let actions = self.columns.iter().flat_map(|column| &column.actions);
        let mut names = String::new();
        for one in check(CheckPlace::Before)
            .chain(actions)
            .chain(check(CheckPlace::Success))
        {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(&one.name);
        }
        if names.is_empty() {
            self.line.clone()
        } else {
            names
        }
    }
}

/// Somebody in a bay.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingView {
    /// Who.
    pub token: Token,
    /// "waits 2 min".
    pub line: String,
    /// Why it waits.
    pub why: Option<WhyView>,
}

/// Somebody who left a bay without entering.
#[derive(Clone, Debug, PartialEq)]
pub struct GhostView {
    /// Who.
    pub token: Token,
    /// "superseded by C, 09:57".
    pub line: String,
}

/// A transition as a gate.
#[derive(Clone, Debug, PartialEq)]
pub struct GateView {
    /// Open or closed.
    pub open: bool,
    /// For a closed gate, "closed by you, 09:52: load test".
    pub note: String,
    /// "Gate in front of Build: open".
    pub label: String,
}

/// Actions of one run order: they run at once.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnView {
    /// The number.
    pub run_order: u32,
    /// In declaration order.
    pub actions: Vec<ActionView>,
}

/// How an action's tile is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tile {
    /// Dashed: no record.
    None,
    /// Plain: over.
    Plain,
    /// Running.
    Run,
    /// Waits for a worker or a partner.
    Wait,
    /// Waits for a person.
    Person,
    /// Failed.
    Fail,
}

/// One action.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionView {
    /// Its name.
    pub name: String,
    /// The provider in plain words: "CodeBuild", "Manual approval"; "CodeBuild, attempt 2".
    pub provider: String,
    /// The sentence a screen reader says. It begins with name, provider and the state's word, in this order.
    pub label: String,
    /// Whose record is shown.
    pub owner: Option<Token>,
    /// Its state.
    pub state: StateView,
    /// How the tile looks.
    pub tile: Tile,
    /// Share of the drawn duration in percent; `None` for no bar.
    pub progress: Option<u8>,
    /// A mark that this action will not simply succeed: "will fail", "held".
    pub behaviour: Option<String>,
    /// The open approval to answer.
    pub approval: Option<ApprovalView>,
    /// How many jobs its record has: "2 jobs"; `None` where it has none.
    pub jobs: Option<String>,
    /// Selected on this page.
    pub selected: bool,
}

/// An approval that can be answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApprovalView {
    /// The token that PutApprovalResult wants.
    pub token: String,
    /// What ends it by itself: "Unanswered, it fails on Tue 10 Mar, 09:12."
    pub expiry: String,
    /// `CustomData` of the action, resolved.
    pub comment: Option<String>,
    /// `ExternalEntityLink`, only when it is http or https.
    pub link: Option<String>,
}

/// The answer to "why?".
#[derive(Clone, Debug, PartialEq)]
pub struct WhyView {
    /// The headline, with the tokens and icons of the picture in it.
    pub chain: Vec<ChainPart>,
    /// One or two sentences: since when, what ends it, what can still go wrong.
    pub text: String,
    /// At most two things to press, the one that ends it first.
    pub actions: Vec<(String, super::command::Command)>,
    /// The rule in its sentence of tests/rules.txt, and its id.
    pub rule: (String, String),
}

/// A part of a headline.
#[derive(Clone, Debug, PartialEq)]
pub enum ChainPart {
    /// An execution.
    Token(Token),
    /// A thing by name, with its icon.
    Thing(Icon, String),
    /// Words between.
    Words(String),
}

/// The clock bar.
#[derive(Clone, Debug, PartialEq)]
pub struct ClockView {
    /// "09:59:30".
    pub time: String,
    /// "Tue 3 Mar 2026, UTC".
    pub date: String,
    /// ISO 8601, for the time element.
    pub iso: String,
    /// Whether the clock runs.
    pub playing: bool,
    /// Index into [`SPEEDS`].
    pub speed: usize,
    /// What happens next, the first words to be set bold: ("LoadTest ends", "in about 13 min. Then nothing …").
    pub next: (String, String),
    /// Why it rests while it runs, as a finished sentence.
    pub rests: Option<String>,
    /// Whether stepping to the next fact can do anything.
    pub can_step: bool,
    /// A fast-forward under way.
    pub forward: Option<ForwardView>,
}

/// Virtual milliseconds per real millisecond and their words.
pub const SPEEDS: [(u32, &str); 6] = [
    (1, "1×"),
    (10, "10×"),
    (60, "60×"),
    (600, "600×"),
    (3_600, "1 h/s"),
    (86_400, "1 d/s"),
];

/// A fast-forward under way.
#[derive(Clone, Debug, PartialEq)]
pub struct ForwardView {
    /// Where to: "until idle", "Tue 10 Mar, 09:12".
    pub target: String,
    /// Facts recorded so far: "8,214 facts".
    pub facts: String,
}

/// One row of the facts.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow {
    /// Number of the fact.
    pub sequence: u64,
    /// "09:57:10".
    pub time: String,
    /// Whose.
    pub token: Option<Token>,
    /// Its icon, where it is nobody's or adds to the token.
    pub icon: Option<(Role, Icon)>,
    /// The state word, set bold.
    pub word: String,
    /// The rest of the sentence.
    pub text: String,
    /// The API call that caused it: `DisableStageTransition`.
    pub call: Option<String>,
    /// The whole row as one sentence, for a screen reader: "C waits for the lock held by A".
    pub sentence: String,
    /// Of the same instant as the row above.
    pub together: bool,
    /// Belongs to the selected execution.
    pub selected: bool,
}

/// What is selected.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Selection {
    /// The pipeline itself.
    #[default]
    Pipeline,
    /// A stage by name.
    Stage(String),
    /// An action by stage and name.
    Action(String, String),
    /// An execution by UUID.
    Execution(String),
    /// A job by UUID.
    Job(String),
}

/// The details of the selected thing.
#[derive(Clone, Debug, PartialEq)]
pub struct DetailsView {
    /// What is shown.
    pub selection: Selection,
    /// Drawn at the head.
    pub token: Option<Token>,
    /// "Execution C", "Action Compile".
    pub title: String,
    /// Beside it in mono: the full id.
    pub id: String,
    /// The page's state word.
    pub state: Option<StateView>,
    /// The API's word: "InProgress".
    pub api_word: String,
    /// Label and value.
    pub rows: Vec<DetailRow>,
    /// For an execution: its way through the stages.
    pub path: Vec<PathRow>,
    /// For an action: how it behaves.
    pub behaviour: Option<BehaviourView>,
    /// For an action or stage: an open approval.
    pub approval: Option<(String, String, ApprovalView)>,
    /// What can be done to it, the likely first, and what cannot be now.
    pub offers: Vec<OfferView>,
    /// Why it is where it is.
    pub why: Option<WhyView>,
    /// As the API answers, pretty printed.
    pub json: String,
    /// Name of the operation that answers this: `GetPipelineExecution`.
    pub json_call: String,
    /// The tabs that it has.
    pub tabs: Vec<DetailsTab>,
    /// The one in front.
    pub tab: DetailsTab,
    /// What that says, where it is neither the overview nor the JSON.
    pub sections: Vec<Section>,
}

/// A label and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetailRow {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
    /// Set in mono.
    pub mono: bool,
}

/// One stage of an execution's way.
#[derive(Clone, Debug, PartialEq)]
pub struct PathRow {
    /// The stage.
    pub stage: String,
    /// The stage's state for this execution.
    pub state: StateView,
    /// "8 m 31 s", "waits 2 m 20 s".
    pub time: String,
}

/// How an action behaves, and what it may be changed to.
#[derive(Clone, Debug, PartialEq)]
pub struct BehaviourView {
    /// Stage of the action.
    pub stage: String,
    /// Name of the action.
    pub action: String,
    /// What it does now.
    pub outcome: Outcome,
    /// "takes 1 m to 7 m, as the catalogue says".
    pub duration: String,
    /// The action execution that waits for the person's decision, if one is held.
    pub held: Option<String>,
}

/// What an action does when its time comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It succeeds.
    Succeed,
    /// It fails with a code of `FailureType`.
    Fail,
    /// It waits for the person.
    Hold,
    /// It never answers; its timeout ends it.
    Hang,
}
