//! What every component gets: the view, the way to perform commands, and the state of this screen alone.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;

use crate::page::command::{Command, JobsCommand};
use crate::page::components::memo::Memo;
use crate::page::drive::DriveCommand;
use crate::page::view::{ActionView, PageView, PipelineView, Selection, WhyView};

use super::parts::Parts;
use super::sight::Sight;

/// The page as its components see it. A handle: copies are the same page.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// What to draw.
    pub view: RwSignal<PageView>,
    parts: Parts,
    perform: StoredValue<Rc<dyn Fn(Command)>, LocalStorage>,
    /// The one call-out.
    pub callout: RwSignal<Option<Callout>>,
    /// Where the focus was when it opened.
    pub opener: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
    /// The tab in front where there is room for one region only.
    pub tab: RwSignal<Tab>,
    /// What the dock shows where its panes share one place.
    pub dock_tab: RwSignal<DockTab>,
    /// Where the keyboard is in the picture.
    pub spot: RwSignal<Option<String>>,
    /// The one place of the picture that Tab reaches.
    pub stop: Memo<Option<String>>,
    /// Counts up when the picture was scrolled or resized.
    pub moved: RwSignal<u32>,
    /// Stages unfolded by hand, where free ones are folded.
    pub unfolded: RwSignal<BTreeSet<String>>,
    /// Height of the dock.
    pub dock: RwSignal<Dock>,
    /// What was written to approvals and not sent yet, by their tokens.
    pub comments: RwSignal<BTreeMap<String, String>>,
    /// Where the focus was when a form opened, and the place of the picture that it was, if it was one.
    pub asker: StoredValue<Option<(web_sys::HtmlElement, Option<String>)>, LocalStorage>,
    /// The dialog in front, apart from the import.
    pub dialog: RwSignal<Option<Dialog>>,
    /// How the picture is looked at.
    pub sight: Sight,
}

/// What a call-out is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Callout {
    /// Why an execution is where it is.
    Execution(String),
    /// Why the selected thing is as it is.
    Selected,
    /// An approval to answer.
    Approval {
        /// Its stage.
        stage: String,
        /// Its action.
        action: String,
    },
}

/// Regions that share the screen where it is narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Picture,
    Timeline,
    Facts,
    Details,
    Workers,
    Play,
}

impl Tab {
    pub(super) fn class(self) -> &'static str {
        match self {
            Tab::Picture => "picture",
            Tab::Timeline => "timeline",
            Tab::Facts => "facts",
            Tab::Details => "details",
            Tab::Workers => "workers",
            Tab::Play => "play",
        }
    }
}

/// What the dock shows where it has room for two panes: one of these, and the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DockTab {
    Timeline,
    Facts,
}

impl DockTab {
    pub(super) fn class(self) -> &'static str {
        match self {
            DockTab::Timeline => "timeline",
            DockTab::Facts => "facts",
        }
    }
}

/// Heights of the dock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dock {
    Low,
    Middle,
    High,
}

impl Dock {
    pub(super) fn class(self) -> &'static str {
        match self {
            Dock::Low => "low",
            Dock::Middle => "middle",
            Dock::High => "high",
        }
    }

    pub(super) fn lower(self) -> Self {
        match self {
            Dock::High => Dock::Middle,
            Dock::Middle | Dock::Low => Dock::Low,
        }
    }

    pub(super) fn higher(self) -> Self {
        match self {
            Dock::Low => Dock::Middle,
            Dock::Middle | Dock::High => Dock::High,
        }
    }
}

/// Dialogs of the page's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Dialog {
    /// The keys.
    Keys,
    /// The settings.
    Settings,
    /// Everything that can be done.
    Palette,
    /// Whether to delete this pipeline.
    Delete(String),
}

impl Page {
    pub(super) fn new(view: ArcRwSignal<PageView>, perform: Rc<dyn Fn(Command)>) -> Self {
        let view: RwSignal<PageView> = view.into();
        let spot = RwSignal::new(None);
        let parts = Parts::new(view);
        let spots = parts.part(|view, _| view.pipeline.as_ref().map(spot::all).unwrap_or_default());
        let stop = Memo::new(move |_| {
            let last = spot.get();
            spots.with(|spots| spot::stop(spots, last))
        });
        Page {
            view,
            perform: StoredValue::new_local(perform),
            callout: RwSignal::new(None),
            opener: StoredValue::new_local(None),
            tab: RwSignal::new(Tab::Picture),
            dock_tab: RwSignal::new(DockTab::Timeline),
            spot,
            stop,
            moved: RwSignal::new(0),
            unfolded: RwSignal::new(BTreeSet::new()),
            dock: RwSignal::new(Dock::Middle),
            comments: RwSignal::new(BTreeMap::new()),
            asker: StoredValue::new_local(None),
            dialog: RwSignal::new(None),
            sight: Sight::new(parts),
            parts,
        }
    }

    /// A part of the view that tells its readers only when it differs. `pick` reads no signals.
    pub(super) fn part<T>(self, pick: impl Fn(&PageView) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.parts.part(move |view, _| pick(view))
    }

    /// The same of what also follows signals.
    pub(super) fn following<T>(
        self,
        pick: impl Fn(&PageView) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.view.with(&pick))
    }

    /// One element of a list of the view as it is now; while it is being taken away, as it last was.
    pub(super) fn element<T>(
        self,
        first: T,
        find: impl Fn(&PageView) -> Option<T> + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: Clone + PartialEq + Send + Sync + 'static,
    {
        self.parts
            .part(move |view, last| find(view).unwrap_or_else(|| last.unwrap_or(&first).clone()))
    }

    /// A part of the shown pipeline, `None` without one.
    pub(super) fn pipeline_part<T>(
        self,
        pick: impl Fn(&PipelineView) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.part(move |view| view.pipeline.as_ref().map(&pick))
    }

    /// Does what the person asks. What concerns this screen alone is done here.
    pub(super) fn perform(self, command: Command) {
        let command = match command {
            Command::AskApproval { stage, action } => {
                self.open(Callout::Approval {
                    stage: stage.clone(),
                    action: action.clone(),
                });
                Command::Select(Selection::Action(stage, action))
            }
            Command::Drive(DriveCommand::Ask(ask)) => {
                self.remember_asker();
                Command::Drive(DriveCommand::Ask(ask))
            }
            other => {
                // Each view has tabs of its own.
                if matches!(
                    other,
                    Command::Show(_) | Command::Jobs(JobsCommand::Of { .. } | JobsCommand::Lesson)
                ) {
                    self.tab.set(Tab::Picture);
                }
                other
            }
        };
        // The closure is taken out first: it may set the view, and with it redraw whoever called.
        let perform = self.perform.with_value(Rc::clone);
        perform(command);
    }

    /// Selects a thing. Where there is room for one region only, the details of a stage, an action or a job come to the
    /// front; an execution's sentence stands over the picture already.
    pub(super) fn select(self, selection: Selection) {
        let about = matches!(
            selection,
            Selection::Stage(_) | Selection::Action(..) | Selection::Job(_)
        );
        if about && super::dom::narrow() {
            self.tab.set(Tab::Details);
        }
        self.perform(Command::Select(selection));
    }

    /// Opens the call-out and remembers where the focus was.
    pub(super) fn open(self, callout: Callout) {
        if self.callout.with_untracked(Option::is_none) {
            self.opener.set_value(super::dom::focused());
        }
        self.callout.set(Some(callout));
    }

    /// Closes the call-out; the focus goes back to where it was.
    pub(super) fn close(self) {
        self.callout.set(None);
        let opener = self.opener.with_value(Clone::clone);
        self.opener.set_value(None);
        if let Some(opener) = opener.filter(|element| element.is_connected()) {
            super::dom::focus(&opener);
        }
    }

    fn remember_asker(self) {
        let focused = super::dom::focused().map(|element| {
            let spot = element.get_attribute("data-spot");
            (element, spot)
        });
        self.asker.set_value(focused);
    }

    /// A form has closed: the focus goes back to where it was. What the form did may have drawn that place anew.
    pub(super) fn return_to_asker(self) {
        let mut asker = None;
        self.asker.update_value(|kept| asker = kept.take());
        let Some((element, spot)) = asker else { return };
        let again = || {
            let picture = super::dom::picture()?;
            super::dom::with_attribute(&picture, "data-spot", &spot?)
        };
        let target = if element.is_connected() {
            Some(element)
        } else {
            again().and_then(|found| wasm_bindgen::JsCast::dyn_into(found).ok())
        };
        let target = target.or_else(|| super::dom::first(".details > .content"));
        if let Some(target) = target {
            super::dom::focus(&target);
        }
    }

    /// The selected execution's UUID.
    pub(super) fn selected_execution(self) -> Memo<Option<String>> {
        self.part(
            |view| match view.details.as_ref().map(|details| &details.selection) {
                Some(Selection::Execution(id)) => Some(id.clone()),
                _ => None,
            },
        )
    }
}

/// The action of a pipeline by stage and name.
pub(super) fn find_action<'a>(
    pipeline: &'a PipelineView,
    stage: &str,
    action: &str,
) -> Option<&'a ActionView> {
    pipeline
        .stages
        .iter()
        .filter(|candidate| candidate.name == stage)
        .flat_map(|stage| &stage.columns)
        .flat_map(|column| &column.actions)
        .find(|candidate| candidate.name == action)
}

/// Why an execution is where it is, from the roster or from the bay it waits in.
pub(super) fn find_why(pipeline: &PipelineView, execution: &str) -> Option<WhyView> {
    let in_roster = pipeline
        .roster
        .iter()
        .filter(|cell| cell.token.execution == execution)
        .find_map(|cell| cell.why.clone());
    let in_lane = || {
        let lanes = pipeline.lanes.iter().flat_map(|lanes| &lanes.rows);
        lanes
            .filter(|row| row.token.execution == execution)
            .find_map(|row| row.why.clone())
    };
    in_roster.or_else(in_lane).or_else(|| {
        let waiting = pipeline.stages.iter().flat_map(|stage| &stage.waiting);
        waiting
            .filter(|waiting| waiting.token.execution == execution)
            .find_map(|waiting| waiting.why.clone())
    })
}

/// One element of a list as it is now; while it is being taken away, as it last was.
pub(super) fn element<T>(first: T, find: impl Fn() -> Option<T> + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |last: Option<&T>| find().unwrap_or_else(|| last.unwrap_or(&first).clone()))
}

/// Names of the places in the picture that the arrow keys visit.
pub(super) mod spot {
    use crate::page::view::PipelineView;

    /// Where Tab enters the picture: where the keyboard was, if that is still there, else the first stage.
    pub(super) fn stop(spots: &[String], last: Option<String>) -> Option<String> {
        last.filter(|last| spots.contains(last))
            .or_else(|| spots.first().cloned())
    }

    /// All places, the first stage first.
    pub(super) fn all(pipeline: &PipelineView) -> Vec<String> {
        let mut all = Vec::new();
        for one in &pipeline.stages {
            all.extend([stage(&one.name), gate(&one.name)]);
            let waits = one.waiting.iter();
            all.extend(waits.map(|somebody| waiting(&somebody.token.execution)));
            let actions = one.columns.iter().flat_map(|column| &column.actions);
            all.extend(actions.map(|act| action(&one.name, &act.name)));
            for condition in &one.checks {
                let caption = &condition.caption;
                if condition.remedy.is_some() {
                    all.push(remedy(&one.name, caption));
                }
                let rules = condition.rules.iter();
                all.extend(rules.map(|rule| check(&one.name, caption, &rule.name)));
            }
        }
        let rows = pipeline.lanes.iter().flat_map(|lanes| &lanes.rows);
        all.extend(rows.map(|row| lane(&row.token.execution)));
        all
    }

    /// A rule of a condition.
    pub(in super::super) fn check(stage: &str, caption: &str, rule: &str) -> String {
        format!("check {stage}/{caption}/{rule}")
    }

    /// What lets an execution pass a condition.
    pub(in super::super) fn remedy(stage: &str, caption: &str) -> String {
        format!("remedy {stage}/{caption}")
    }

    /// An execution in its lane.
    pub(in super::super) fn lane(execution: &str) -> String {
        format!("lane {execution}")
    }

    /// A stage.
    pub(in super::super) fn stage(stage: &str) -> String {
        format!("stage {stage}")
    }

    /// The gate in front of a stage.
    pub(in super::super) fn gate(stage: &str) -> String {
        format!("gate {stage}")
    }

    /// The stage that a place belongs to, where its name says so.
    pub(in super::super) fn stage_of(spot: &str) -> Option<String> {
        let (kind, name) = spot.split_once(' ')?;
        match kind {
            "stage" | "gate" => Some(name.to_owned()),
            "action" | "check" | "remedy" => {
                name.split_once('/').map(|(stage, _)| stage.to_owned())
            }
            _ => None,
        }
    }

    /// An action; names of the service hold no space or slash that could confuse them.
    pub(in super::super) fn action(stage: &str, action: &str) -> String {
        format!("action {stage}/{action}")
    }

    /// Somebody in front of a stage.
    pub(in super::super) fn waiting(execution: &str) -> String {
        format!("waiting {execution}")
    }
}
