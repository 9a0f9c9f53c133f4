//! Jobs: the worker that a person plays by hand calls the API as any other program does. What came back is remembered
//! with the call; what is shown of it is built from the world.

use std::rc::Rc;

use serde_json::{Value, json};

use super::App;
use crate::{
    api::{
        controls::{self, DetachWorker, action_type},
        js::{Host, Refusal},
    },
    page::{
        command::JobsCommand,
        state::jobs::Said,
        view::{Screen, Selection, build},
    },
};

/// The world of the gallery that has workers.
const LESSON: &str = "workers";

impl App {
    /// Something was done in the jobs view.
    pub(super) fn jobs(self: &Rc<Self>, host: &Rc<Host>, command: JobsCommand) {
        match command {
            JobsCommand::Of { stage, action } => {
                let kind = self.shown().and_then(|shown| {
                    host.look(|session| {
                        let plan = &session.world().pipeline_named(&shown)?.current().plan;
                        let index = plan.stage_index(&stage)?;
                        let place = plan.action_index(index, &action)?;
                        Some(build::jobs::address(
                            &plan.action(index, place).action_type_id,
                        ))
                    })
                });
                self.show(Screen::Jobs);
                let mut ui = self.ui.borrow_mut();
                ui.jobs.kind = kind;
                ui.selection = Selection::Action(stage, action);
            }
            JobsCommand::Kind(kind) => {
                let mut ui = self.ui.borrow_mut();
                ui.jobs.kind = Some(kind);
                ui.jobs.more = <[usize; crate::page::view::STATIONS]>::default();
                if matches!(ui.selection, Selection::Job(_)) {
                    ui.selection = Selection::Pipeline;
                }
            }
            JobsCommand::Set { field, value } => self.ui.borrow_mut().jobs.set(field, value),
            JobsCommand::More(station) => {
                if let Some(more) = self.ui.borrow_mut().jobs.more.get_mut(station) {
                    *more = more.saturating_add(1);
                }
            }
            JobsCommand::Call { operation, input } => self.call_by_hand(host, operation, input),
            JobsCommand::Detach(kind) => {
                if let Ok(kind) = action_type(&kind) {
                    host.dismiss(&kind);
                }
                let detach = json!({ "actionType": kind });
                host.control(
                    |_| controls::read::<DetachWorker>("detachWorker", detach)?.control(),
                    self.settled("detachWorker"),
                );
            }
            JobsCommand::Lesson => self.visit_and(LESSON, true),
        }
    }

    /// A call of a worker; the answer is told beside it, a refusal as well.
    fn call_by_hand(self: &Rc<Self>, host: &Rc<Host>, operation: &'static str, input: Value) {
        let app = Rc::clone(self);
        let asked = input.clone();
        host.call(operation, input, move |answer| {
            let host = app.host();
            let now = host.look(|session| session.world().now);
            if let Ok(answer) = &answer {
                app.take_in_hand(&host, answer);
            }
            app.ui.borrow_mut().jobs.tell(Said {
                number: 0,
                at: now,
                operation,
                input: asked,
                answer: answer.map_err(|refusal: Refusal| refusal.words()),
            });
            app.redraw();
        });
    }

    /// A poll handed out a job: it is the one that is played now, also where it is another pipeline's.
    fn take_in_hand(&self, host: &Rc<Host>, answer: &Value) {
        let first = answer.pointer("/jobs/0");
        let id = first.and_then(|job| job.get("id").or(job.get("jobId")));
        let Some(id) = id.and_then(Value::as_str) else {
            return;
        };
        let pipeline = host.look(|session| {
            let world = session.world();
            let job = world.key().parse_job(id)?;
            let pipeline = world.pipelines.get(&job.execution.pipeline)?;
            Some(pipeline.name().to_owned())
        });
        let elsewhere = pipeline.filter(|name| self.shown().as_ref() != Some(name));
        if let Some(name) = elsewhere {
            let mut ui = self.ui.borrow_mut();
            let jobs = ui.jobs.clone();
            ui.pipeline = Some(name.clone());
            ui.look_elsewhere();
            ui.jobs = jobs;
            drop(ui);
            self.looked_at(&name);
        }
        self.ui.borrow_mut().selection = Selection::Job(id.to_owned());
    }
}
