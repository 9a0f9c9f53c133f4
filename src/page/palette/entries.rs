//! What the palette has: everything a person can do on the page as it is, in the order of its groups.

use crate::page::{
    command::{Command, WorldsCommand},
    drive::{Ask, DriveCommand},
    operate::{GROUPS, OperateCommand},
    state::picture::PictureCommand,
    state::settings::{Motion, Settings, Theme},
    text::palette as text,
    view::{
        PageView, PipelineView, SPEEDS, Screen, Selection, StageView, Token, build::worlds::title,
    },
};

/// What an entry is among, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// What can be done now.
    Now,
    /// Forms of operations.
    Operations,
    /// Places to go to.
    Places,
    /// How the page is.
    Settings,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// A command of the page.
    Command(Box<Command>),
    /// Something of this screen alone.
    Screen(ScreenAct),
}

/// Things of this screen alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScreenAct {
    /// Why the selected thing is where it is.
    Why,
    /// To the timeline.
    Timeline,
    /// The whole picture, as large as there is room.
    Fit,
    /// The picture follows an execution.
    Follow(String),
    /// The keys.
    Keys,
    /// The settings.
    Settings,
    /// Whether to delete a pipeline.
    Delete(String),
    /// A lower dock.
    Lower,
    /// A higher dock.
    Higher,
}

/// One thing in the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Among what.
    pub group: Group,
    /// Its words.
    pub label: String,
    /// What it is known by besides: an id, other words for it.
    pub known_as: String,
    /// A word beside it.
    pub note: String,
    /// The key that does the same.
    pub key: &'static str,
    /// The execution that it is about.
    pub token: Option<Token>,
    /// Why it cannot be done now.
    pub refused: Option<String>,
    /// What it does.
    pub act: Act,
}

impl Entry {
    fn new(group: Group, label: impl Into<String>, act: Act) -> Self {
        Self {
            group,
            label: label.into(),
            known_as: String::new(),
            note: String::new(),
            key: "",
            token: None,
            refused: None,
            act,
        }
    }

    fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    fn known_as(mut self, words: impl Into<String>) -> Self {
        self.known_as = words.into();
        self
    }

    fn refused(mut self, reason: Option<String>) -> Self {
        self.refused = reason;
        self
    }
}

fn does(group: Group, label: impl Into<String>, command: Command) -> Entry {
    Entry::new(group, label, Act::Command(Box::new(command)))
}

fn now(label: impl Into<String>, command: Command) -> Entry {
    does(Group::Now, label, command)
}

fn ask(ask: Ask) -> Command {
    Command::Drive(DriveCommand::Ask(ask))
}

fn screen(group: Group, label: &str, act: ScreenAct) -> Entry {
    Entry::new(group, label, Act::Screen(act))
}

/// Everything that can be done on the page as it is.
#[must_use]
pub fn entries(view: &PageView) -> Vec<Entry> {
    let mut all = Vec::new();
    with_the_selection(view, &mut all);
    with_the_pipeline(view, &mut all);
    with_the_clock(view, &mut all);
    operations(&mut all);
    places(view, &mut all);
    settings(view.settings, &mut all);
    all
}

/// What is offered for what is selected, and what waits for somebody.
fn with_the_selection(view: &PageView, all: &mut Vec<Entry>) {
    let stages = view.pipeline.as_ref().map_or(&[][..], |one| &one.stages);
    for stage in stages {
        for action in stage.columns.iter().flat_map(|column| &column.actions) {
            if action.approval.is_some() {
                let asked = Command::AskApproval {
                    stage: stage.name.clone(),
                    action: action.name.clone(),
                };
                let letter = action.owner.as_ref().map(|owner| owner.letter.as_str());
                let label = text::answer(&stage.name, &action.name, letter.unwrap_or_default());
                all.push(Entry {
                    token: action.owner.clone(),
                    ..now(label, asked).known_as(text::APPROVE_REJECT)
                });
            }
        }
    }
    let Some(details) = &view.details else { return };
    if details.why.is_some() {
        let why = screen(Group::Now, &text::why(&details.title), ScreenAct::Why);
        all.push(why.key("W"));
    }
    let selected = details.selection != Selection::Pipeline;
    for offer in details.offers.iter().filter(|_| selected) {
        let entry = now(offer.label.clone(), offer.command.clone());
        all.push(Entry {
            token: details.token.clone(),
            ..entry
                .note(details.title.clone())
                .refused(offer.refused.clone())
        });
    }
}

fn with_the_pipeline(view: &PageView, all: &mut Vec<Entry>) {
    let none = || {
        view.pipeline
            .is_none()
            .then(|| text::NO_PIPELINE.to_owned())
    };
    let started = now(text::START, Command::StartExecution).key("S");
    all.push(started.refused(none()).known_as("StartPipelineExecution"));
    all.push(now(text::START_WITH, ask(Ask::Start(None))).refused(none()));
    all.push(
        now(text::PUSH, ask(Ask::Push))
            .key("P")
            .refused(none())
            .known_as("pushRevision"),
    );
    let retry = Ask::Retry {
        stage: None,
        execution: None,
    };
    all.push(now(text::RETRY, ask(retry)).key("R").refused(none()));
    all.push(now(text::ROLL_BACK, ask(Ask::RollBack(None))).refused(none()));
    for stage in view.pipeline.iter().flat_map(|one| &one.stages) {
        all.push(gate(stage));
    }
    all.push(
        now(text::ALARM, ask(Ask::Alarm(None)))
            .refused(none())
            .known_as("setAlarm"),
    );
    all.push(
        now(text::LAMBDA, ask(Ask::Lambda(None)))
            .refused(none())
            .known_as("setLambdaResult"),
    );
    let editing = view.screen == Screen::Edit;
    let (label, to) = if editing {
        (text::PICTURE, Screen::Picture)
    } else {
        (text::EDIT, Screen::Edit)
    };
    all.push(now(label, Command::Show(to)).key("E").refused(none()));
    let (label, to) = if view.screen == Screen::Jobs {
        (text::PICTURE, Screen::Picture)
    } else {
        (text::JOBS, Screen::Jobs)
    };
    all.push(now(label, Command::Show(to)).key("J"));
    all.push(now(
        text::NEW,
        Command::Edit(crate::page::edit::EditCommand::New),
    ));
    all.push(now(text::IMPORT, Command::OpenImport).key("I"));
    let picture = Command::Worlds(WorldsCommand::SavePicture);
    all.push(now(text::SAVE_PICTURE, picture).refused(none()));
    all.push(now(text::SAVE_WORLD, Command::ExportWorld));
    let banner = view.world.banner.iter().flat_map(|banner| &banner.actions);
    if banner.clone().any(|(_, act)| *act == Command::SaveStored) {
        all.push(now(text::SAVE_STORED, Command::SaveStored));
    }
    if let Some(PipelineView { name, .. }) = &view.pipeline {
        all.push(screen(
            Group::Now,
            &text::delete(name),
            ScreenAct::Delete(name.clone()),
        ));
    }
}

fn gate(stage: &StageView) -> Entry {
    let label = if stage.gate.open {
        text::close_gate(&stage.name)
    } else {
        text::open_gate(&stage.name)
    };
    now(label, ask(Ask::Gate(Some(stage.name.clone())))).note(stage.gate.note.clone())
}

fn with_the_clock(view: &PageView, all: &mut Vec<Entry>) {
    let clock = &view.clock;
    all.push(if clock.playing {
        now(text::PAUSE, Command::Pause).key("Space")
    } else {
        now(text::PLAY, Command::Play).key("Space")
    });
    let nothing = (!clock.can_step).then(|| text::NOTHING_COMES.to_owned());
    all.push(
        now(text::NEXT_FACT, Command::NextFact)
            .key(".")
            .refused(nothing),
    );
    let slower = (clock.speed == 0).then(|| text::SLOWEST.to_owned());
    let faster = (clock.speed + 1 >= SPEEDS.len()).then(|| text::FASTEST.to_owned());
    let speed = |by: isize| Command::SetSpeed(clock.speed.saturating_add_signed(by));
    all.push(now(text::SLOWER, speed(-1)).key("-").refused(slower));
    all.push(now(text::FASTER, speed(1)).key("=").refused(faster));
    for (label, span) in text::JUMPS {
        all.push(now(label, Command::Advance(span)));
    }
    all.push(now(text::UNTIL_IDLE, Command::AdvanceUntilIdle));
}

fn operations(all: &mut Vec<Entry>) {
    let list = Command::Operate(OperateCommand::List);
    all.push(does(Group::Operations, text::OPERATIONS, list));
    for (group, names) in GROUPS {
        for name in names {
            let open = Command::Operate(OperateCommand::Open(name));
            let entry = does(Group::Operations, text::operation(name), open);
            all.push(entry.note(text::FORM).known_as(group));
        }
    }
}

fn places(view: &PageView, all: &mut Vec<Entry>) {
    let go = |label: String, command: Command| does(Group::Places, label, command);
    if let Some(pipeline) = &view.pipeline {
        for cell in &pipeline.roster {
            let token = &cell.token;
            let label = text::execution(&token.letter, &cell.state.word);
            let entry = go(
                label,
                Command::Select(Selection::Execution(token.execution.clone())),
            );
            all.push(Entry {
                token: Some(token.clone()),
                ..entry
                    .note(token.short.clone())
                    .known_as(token.execution.clone())
            });
        }
        for stage in &pipeline.stages {
            let to = Command::Select(Selection::Stage(stage.name.clone()));
            all.push(go(text::stage(&stage.name), to).note(stage.line.clone()));
            for action in stage.columns.iter().flat_map(|column| &column.actions) {
                let to = Selection::Action(stage.name.clone(), action.name.clone());
                let entry = go(text::action(&stage.name, &action.name), Command::Select(to));
                all.push(entry.note(action.state.word.clone()));
            }
        }
        all.push(go(
            text::WHOLE.to_owned(),
            Command::Select(Selection::Pipeline),
        ));
    }
    all.push(screen(Group::Places, text::TIMELINE, ScreenAct::Timeline).key("T"));
    if let Some(pipeline) = view
        .pipeline
        .as_ref()
        .filter(|_| view.screen == Screen::Picture)
    {
        let shows = |label: &str, command| does(Group::Places, label, Command::Picture(command));
        all.push(shows(text::ARTIFACTS, PictureCommand::Artifacts).key("A"));
        all.push(shows(text::VARIABLES, PictureCommand::Variables).key("V"));
        all.push(screen(Group::Places, text::FIT, ScreenAct::Fit).key("F"));
        for cell in &pipeline.roster {
            let label = text::follow(&cell.token.letter);
            let follow = ScreenAct::Follow(cell.token.execution.clone());
            let entry = screen(Group::Places, &label, follow);
            all.push(Entry {
                token: Some(cell.token.clone()),
                ..entry.key("Enter").known_as(cell.token.execution.clone())
            });
        }
    }
    for pipeline in view.pipelines.iter().filter(|one| !one.shown) {
        let to = Command::ShowPipeline(pipeline.name.clone());
        all.push(go(text::pipeline(&pipeline.name), to).note(pipeline.note.clone()));
    }
    for world in &view.world.others {
        let to = Command::OpenWorld(world.clone());
        all.push(go(text::world(&title(world)), to).known_as(world.clone()));
    }
    let gallery = Command::Worlds(WorldsCommand::OpenGallery);
    all.push(go(text::WORLDS.to_owned(), gallery).key("O"));
}

fn settings(now: Settings, all: &mut Vec<Entry>) {
    let set = |label: &str, to: Settings| {
        let here = (to == now).then(|| text::ALREADY.to_owned());
        does(Group::Settings, label, Command::Settings(to)).refused(here)
    };
    all.push(screen(Group::Settings, text::SETTINGS, ScreenAct::Settings));
    for (theme, label) in [
        (Theme::Light, text::LIGHT),
        (Theme::Dark, text::DARK),
        (Theme::System, text::AS_SYSTEM),
    ] {
        all.push(set(label, Settings { theme, ..now }));
    }
    for (motion, label) in [
        (Motion::Reduced, text::CALM),
        (Motion::Full, text::MOVING),
        (Motion::System, text::MOTION_AS_SYSTEM),
    ] {
        all.push(set(label, Settings { motion, ..now }));
    }
    let projector = Settings {
        projector: !now.projector,
        ..now
    };
    let label = if now.projector {
        text::NO_PROJECTOR
    } else {
        text::PROJECTOR
    };
    all.push(set(label, projector).key("Shift P"));
    let letters = Settings {
        letters: !now.letters,
        ..now
    };
    let label = if now.letters {
        text::NO_LETTERS
    } else {
        text::LETTERS
    };
    all.push(set(label, letters));
    all.push(screen(Group::Settings, text::LOWER, ScreenAct::Lower).key("["));
    all.push(screen(Group::Settings, text::HIGHER, ScreenAct::Higher).key("]"));
    all.push(screen(Group::Settings, text::KEYS, ScreenAct::Keys).key("?"));
}
