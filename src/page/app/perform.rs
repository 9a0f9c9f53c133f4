//! What a person does becomes a call of the API. One place for all of it.

use std::rc::Rc;

use serde_json::json;
use wasm_bindgen_futures::spawn_local;

use super::{
    App, download,
    importing::{Accepted, Importing},
    travel::open_empty,
};
use crate::{
    api::{
        controls::{CompleteAction, Goal},
        js::{Host, Refusal, shelf},
    },
    engine::{
        behavior::{Behavior, Outcome as Ending, Scope},
        control::Control,
        time::DAY,
    },
    model::FailureType,
    page::{
        begin,
        command::{Command, ImportCommand},
        import::{Plan, Step},
        view::{Outcome, SPEEDS, Screen, Selection, build::worlds::title},
        words::{app as words, worlds as world_words},
    },
};

impl App {
    /// Performs a command, and draws.
    pub(super) fn perform(self: &Rc<Self>, command: Command) {
        let looks = matches!(
            command,
            Command::Import(_)
                | Command::Select(_)
                | Command::Timeline(_)
                | Command::Facts(_)
                | Command::Picture(_)
                | Command::Details(_)
                | Command::Drive(_)
                | Command::Operate(_)
                | Command::Settings(_)
                | Command::Edit(_)
                | Command::Jobs(_)
        );
        if !looks {
            *self.notice.borrow_mut() = None;
        }
        if matches!(
            command,
            Command::Play | Command::NextFact | Command::Advance(_) | Command::AdvanceUntilIdle
        ) {
            self.goes_on();
        }
        let host = self.host();
        match command {
            Command::Dismiss => {}
            Command::TakeUpdate => super::update::accept(),
            Command::ShowPipeline(name) => {
                {
                    let mut ui = self.ui.borrow_mut();
                    ui.pipeline = Some(name.clone());
                    ui.look_elsewhere();
                }
                self.looked_at(&name);
                if self.ui.borrow().screen == Screen::Edit {
                    // The editor follows to the draft of the pipeline that is shown now.
                    self.redraw();
                    self.show(Screen::Edit);
                }
            }
            // Nothing else looks different.
            Command::Timeline(command) => return self.change_timeline(command),
            Command::Picture(command) => {
                if !self.ui.borrow_mut().picture.change(command) {
                    return;
                }
            }
            Command::Facts(command) => {
                let newest = host.look(|session| session.world().sequence);
                self.ui.borrow_mut().facts.change(command, newest);
            }
            Command::Details(command) => self.ui.borrow_mut().details.change(command),
            Command::Show(screen) => self.show(screen),
            Command::Edit(command) => self.edit(command),
            Command::Select(selection) => self.ui.borrow_mut().selection = selection,
            // The page opens its own call-out; what is asked about is selected.
            Command::AskApproval { stage, action } => {
                self.ui.borrow_mut().selection = Selection::Action(stage, action);
            }
            Command::StartExecution => self.start(&host),
            Command::Drive(command) => self.drive(&host, command),
            Command::Operate(command) => self.operate(&host, command),
            Command::Settings(settings) => self.set_settings(settings),
            Command::AnswerApproval {
                stage,
                action,
                token,
                approve,
                summary,
            } => {
                let Some(name) = self.shown() else { return };
                let status = if approve { "Approved" } else { "Rejected" };
                let input = json!({
                    "pipelineName": name, "stageName": stage, "actionName": action, "token": token,
                    "result": { "status": status, "summary": summary },
                });
                self.call(&host, "PutApprovalResult", input);
            }
            Command::SetBehaviour {
                stage,
                action,
                outcome,
            } => {
                let Some(pipeline) = self.shown() else { return };
                let outcome = match outcome {
                    Outcome::Succeed => Ending::Succeed,
                    Outcome::Fail => Ending::Fail {
                        code: FailureType::JobFailed,
                        message: None,
                    },
                    Outcome::Hold => Ending::Hold,
                    Outcome::Hang => Ending::Hang,
                };
                let scope = Scope::Action {
                    pipeline,
                    stage,
                    action,
                };
                let control = move |session: &crate::api::session::Session| {
                    let said = session
                        .world()
                        .behaviors
                        .get(&scope)
                        .cloned()
                        .unwrap_or_default();
                    let behavior = Some(Behavior {
                        outcome: Some(outcome),
                        ..said
                    });
                    Ok(Control::SetBehavior { scope, behavior })
                };
                host.control(control, self.settled("setBehavior"));
            }
            Command::CompleteAction {
                action_execution,
                succeed,
            } => {
                let status = if succeed { "Succeeded" } else { "Failed" };
                let complete = json!({ "actionExecutionId": action_execution, "status": status });
                host.control(
                    move |session| {
                        let complete: CompleteAction =
                            crate::api::controls::read("completeAction", complete)?;
                        complete.control(session.world())
                    },
                    self.settled("completeAction"),
                );
            }
            Command::Play => host.clock(|session, real| session.play(real), self.settled("play")),
            Command::Pause => {
                host.clock(|session, real| session.pause(real), self.settled("pause"))
            }
            Command::SetSpeed(index) => {
                let Some((speed, _)) = SPEEDS.get(index).copied() else {
                    return;
                };
                host.clock(
                    move |session, real| session.set_speed(speed, real),
                    self.settled("setSpeed"),
                );
            }
            Command::NextFact => {
                let limit = host.look(|session| session.world().now).after(400 * DAY);
                self.forward(&host, Goal::NextEvent(limit));
            }
            Command::Advance(span) => {
                let span = i64::try_from(span).unwrap_or(i64::MAX);
                let to = host.look(|session| session.world().now).after(span);
                self.forward(&host, Goal::At(to));
            }
            Command::AdvanceUntilIdle => {
                let limit = host.look(|session| session.world().now).after(30 * DAY);
                self.forward(&host, Goal::Idle(limit));
            }
            Command::CancelForward => host.cancel_forward(),
            Command::OpenImport => {
                let importing = host.look(|session| Importing::new(session.world()));
                *self.importing.borrow_mut() = Some(importing);
            }
            Command::Import(ImportCommand::Close) => *self.importing.borrow_mut() = None,
            Command::Import(ImportCommand::Accept) => self.accept_import(),
            Command::Import(command) => host.look(|session| {
                if let Some(importing) = self.importing.borrow_mut().as_mut() {
                    importing.perform(command, session.world());
                }
            }),
            Command::DeletePipeline(name) => {
                self.call(&host, "DeletePipeline", json!({ "name": name }))
            }
            Command::Jobs(command) => self.jobs(&host, command),
            Command::Worlds(command) => self.perform_on_worlds(command),
            Command::ExportWorld => {
                let name = format!("{}.world.json", host.name());
                download::save(&name, &host.export(), download::JSON);
            }
            Command::SaveStored => self.save_stored(),
            Command::TakeOver => {
                let app = Rc::clone(self);
                spawn_local(async move {
                    if let Err(error) = host.take_over().await {
                        app.refused(words::TAKE_OVER, Refusal::Storage(error).words());
                    }
                    app.redraw();
                });
            }
            Command::OpenWorld(name) => {
                self.close_gallery();
                self.visit(&name);
            }
        }
        self.redraw();
    }

    pub(super) fn shown(&self) -> Option<String> {
        use leptos::prelude::WithUntracked;
        self.view
            .with_untracked(|view| view.pipeline.as_ref().map(|pipeline| pipeline.name.clone()))
    }

    fn start(self: &Rc<Self>, host: &Rc<Host>) {
        let Some(name) = self.shown() else { return };
        if self.start_asks(host, &name) {
            return;
        }
        self.run_with_the_first(host, true, |host| {
            self.call(host, "StartPipelineExecution", json!({ "name": name }));
        });
    }

    /// The first start also lets the clock run: nothing would move otherwise, and nobody knows the clock yet.
    pub(super) fn run_with_the_first(
        &self,
        host: &Rc<Host>,
        starts: bool,
        act: impl FnOnce(&Rc<Host>),
    ) {
        let first =
            starts && host.look(|session| begin::untouched(session.world()) && !session.playing());
        act(host);
        if first {
            host.clock(|session, real| session.play(real), |_| {});
        }
    }

    pub(super) fn call(
        self: &Rc<Self>,
        host: &Rc<Host>,
        operation: &'static str,
        input: serde_json::Value,
    ) {
        let app = Rc::clone(self);
        host.call(operation, input, move |answer| {
            if let Err(refusal) = answer {
                app.refused(operation, refusal.words());
            }
        });
    }

    pub(super) fn settled<T>(
        self: &Rc<Self>,
        what: &'static str,
    ) -> impl FnOnce(Result<T, Refusal>) + 'static {
        let app = Rc::clone(self);
        move |answer| {
            if let Err(refusal) = answer {
                app.refused(what, refusal.words());
            }
        }
    }

    fn forward(self: &Rc<Self>, host: &Rc<Host>, goal: Goal) {
        let app = Rc::clone(self);
        let host = Rc::clone(host);
        spawn_local(async move {
            if let Err(refusal) = host.advance_watching(goal).await {
                app.refused("advance", refusal.words());
            }
            app.redraw();
        });
    }

    /// Does what the import dialog says.
    fn accept_import(self: &Rc<Self>) {
        let accepted = self
            .importing
            .borrow()
            .as_ref()
            .and_then(Importing::accepted);
        match accepted {
            None => {}
            Some(Accepted::World(file)) => self.open_file(&file),
            Some(Accepted::Pipeline(plan)) => {
                if let Some(importing) = self.importing.borrow_mut().as_mut() {
                    importing.set_busy(true);
                }
                let app = Rc::clone(self);
                spawn_local(async move { app.import(plan).await });
            }
        }
    }

    /// Puts the world of a file in the place of this one; a file that cannot be read changes nothing.
    fn open_file(self: &Rc<Self>, file: &str) {
        let host = self.host();
        let mut refused = None;
        let said = world_words::replaced(&title(host.name()));
        let done = self.replace(said, || {
            let opened = host.import(file);
            refused = opened.as_ref().err().cloned();
            opened
        });
        match refused {
            Some(refusal) => self.import_refused(words::OPEN_FILE, &refusal),
            None if done.is_ok() => *self.importing.borrow_mut() = None,
            None => {}
        }
    }

    /// Makes the calls of an import, one after the other; the first refusal stops. A new world comes in front only
    /// after all of them, so that a refusal leaves the person where they are.
    async fn import(self: &Rc<Self>, plan: Plan) {
        let new = match &plan.new_world {
            Some(region) => Some(open_empty(&self.free_world_name(region), region).await),
            None => None,
        };
        let host = new.clone().unwrap_or_else(|| self.host());
        let mut imported = None;
        for step in plan.steps {
            if let Step::CreatePipeline(input) | Step::UpdatePipeline(input) = &step {
                imported = input["pipeline"]["name"].as_str().map(str::to_owned);
            }
            let (operation, input) = step.call();
            if let Err(refusal) = host.call_and_wait(operation, input).await {
                self.import_refused(operation, &refusal);
                if let Some(new) = new {
                    new.closed().await;
                    // Nobody wanted it without its pipeline.
                    let _ = shelf::remove(new.name()).await;
                }
                return;
            }
        }
        *self.importing.borrow_mut() = None;
        if let Some(new) = new {
            self.switch(new);
        }
        {
            let mut ui = self.ui.borrow_mut();
            ui.pipeline = imported.clone().or(ui.pipeline.take());
            ui.look_elsewhere();
        }
        if let Some(imported) = imported {
            self.looked_at(&imported);
        }
        self.redraw();
    }

    /// Says in the dialog what was refused; where it was closed meanwhile, on the page.
    fn import_refused(self: &Rc<Self>, what: &str, refusal: &Refusal) {
        let (name, message) = refusal.words();
        if let Some(importing) = self.importing.borrow_mut().as_mut() {
            importing.failed(words::refused(what, &name, &message));
        } else {
            self.refused(what, (name, message));
        }
        self.redraw();
    }

    /// A name for a new world in a Region that no other world has.
    fn free_world_name(&self, region: &str) -> String {
        let taken = self.shelf.names();
        let here = self.host();
        let free = |name: &str| name != here.name() && !taken.iter().any(|world| world == name);
        if free(region) {
            return region.to_owned();
        }
        (2..)
            .map(|number| format!("{region}-{number}"))
            .find(|name| free(name))
            .unwrap_or_else(|| region.to_owned())
    }
}
