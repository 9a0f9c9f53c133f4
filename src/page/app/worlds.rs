//! Worlds as things: the gallery, and what a person does with the worlds that are kept here.
//!
//! What is deleted or replaced is kept as the text of its file until the offer to take it back is read or another one
//! takes its place; closing the tab ends it, too. What is open anywhere is closed here first, or refused in a sentence.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    sync::Arc,
};

use wasm_bindgen_futures::spawn_local;

use super::{
    App, FIRST_WORLD, download, remembered,
    travel::{leave, open, open_empty},
};
use crate::{
    api::{
        js::{
            Kept, Refusal,
            shelf::{self, ShelfError},
        },
        stops::Seen,
    },
    page::{
        address::is_world_name,
        command::{Command, WorldsCommand},
        gallery::{Lesson, play},
        svg,
        view::{
            BannerRole, BannerView, GalleryView, PageView, Selection, UndoView,
            build::{whole_picture, worlds},
        },
        words::worlds as words,
    },
};

/// Something that can be taken back.
enum Undo {
    /// A world was deleted.
    Deleted {
        name: String,
        file: String,
        /// Whether it was in front.
        front: bool,
    },
    /// Another world was put in the place of the one in front.
    Replaced { text: String, file: String },
}

/// What this tab knows of worlds.
#[derive(Default)]
pub(super) struct Shelf {
    open: Cell<bool>,
    kept: RefCell<Vec<worlds::Kept>>,
    trouble: RefCell<Option<String>>,
    undo: RefCell<Option<Undo>>,
    stopped: RefCell<Option<String>>,
    /// The world of the gallery that is to begin anew once it is in front.
    anew: Cell<Option<&'static str>>,
    /// The gallery as it is shown: built where something in it changes.
    shown: RefCell<Option<Arc<GalleryView>>>,
}

impl Shelf {
    /// The names of the worlds that are kept here.
    pub(super) fn names(&self) -> Vec<String> {
        self.kept
            .borrow()
            .iter()
            .map(|(name, ..)| name.clone())
            .collect()
    }

    /// Another world is in front: what was done to the one before cannot be taken back here.
    pub(super) fn moved_on(&self) {
        self.undo
            .borrow_mut()
            .take_if(|undo| matches!(undo, Undo::Replaced { .. }));
        *self.stopped.borrow_mut() = None;
    }

    /// Puts what this tab knows into the view.
    pub(super) fn show(&self, view: &mut PageView) {
        view.worlds.gallery = self.shown.borrow().clone().filter(|_| self.open.get());
        view.worlds.stopped = self.stopped.borrow().clone();
        view.worlds.undo = self.undo.borrow().as_ref().map(|undo| UndoView {
            text: match undo {
                Undo::Deleted { name, .. } => words::deleted(&worlds::title(name)),
                Undo::Replaced { text, .. } => text.clone(),
            },
        });
    }
}

/// What was refused, for a person.
fn sentence(error: ShelfError, world: &str) -> String {
    let world = worlds::title(world);
    match error {
        ShelfError::InUse => words::in_use(&world),
        ShelfError::Exists => words::exists(&world),
        ShelfError::Missing => words::missing(&world),
        ShelfError::Storage(error) => words::failed(&error.to_string()),
    }
}

impl App {
    /// Performs a command about worlds. The rest of the page is drawn afterwards.
    pub(super) fn perform_on_worlds(self: &Rc<Self>, command: WorldsCommand) {
        *self.shelf.trouble.borrow_mut() = None;
        match command {
            WorldsCommand::OpenGallery => {
                self.shelf.open.set(true);
                self.list_worlds();
            }
            WorldsCommand::CloseGallery => self.close_gallery(),
            WorldsCommand::Rename { world, to } => self.rename(world, to.trim().to_owned()),
            WorldsCommand::Duplicate(world) => self.later(async move |app| {
                let file = app.file_of(&world).await?;
                for number in 1.. {
                    let name = words::copy(&worlds::title(&world), number);
                    match shelf::put(&name, &file).await {
                        Err(ShelfError::Exists | ShelfError::InUse) => {}
                        answer => return answer.map_err(|error| sentence(error, &name)),
                    }
                }
                Ok(())
            }),
            WorldsCommand::Save(world) => self.later(async move |app| {
                let file = app.file_of(&world).await?;
                download::save(&format!("{world}.world.json"), &file, download::JSON);
                Ok(())
            }),
            WorldsCommand::Delete(world) => self.later(async move |app| app.delete(world).await),
            WorldsCommand::Add { name, text } => {
                self.later(async move |app| app.add(&name, &text).await);
            }
            WorldsCommand::Unreadable(why) => self.trouble(why),
            WorldsCommand::StartOver => self.start_over(),
            WorldsCommand::BeginAnew(world) => {
                self.close_gallery();
                self.shelf.anew.set(Some(world));
                self.visit(world);
            }
            WorldsCommand::Undo => self.later(async move |app| app.undo().await),
            WorldsCommand::Keep => *self.shelf.undo.borrow_mut() = None,
            WorldsCommand::StopAt(stop, chosen) => {
                let host = self.host();
                let stops = host.look(|session| session.stops()).with(stop, chosen);
                host.stop_at(stops);
                remembered::set_stops(stops);
            }
            WorldsCommand::SavePicture => self.save_picture(),
        }
        self.show_gallery();
    }

    /// Closes the gallery, if it is open.
    pub(super) fn close_gallery(&self) {
        self.shelf.open.set(false);
    }

    /// Looks again at what is kept here. A world in which nothing happened is not kept.
    pub(super) fn list_worlds(self: &Rc<Self>) {
        let app = Rc::clone(self);
        spawn_local(async move {
            let here = app.host().name().to_owned();
            let kept = shelf::list().await.into_iter();
            let kept = kept.filter(|world| world.facts != Some(0) || world.name == here);
            let kept = kept.map(|world| (world.name, world.facts, world.clock));
            *app.shelf.kept.borrow_mut() = kept.collect();
            app.show_gallery();
            app.redraw();
        });
    }

    fn show_gallery(&self) {
        let kept = self.shelf.kept.borrow();
        let trouble = self.shelf.trouble.borrow().clone();
        let view = worlds::gallery(&kept, self.host().name(), trouble);
        *self.shelf.shown.borrow_mut() = Some(view);
    }

    /// Does something that takes a while; says what was refused, and lists the worlds again.
    fn later(self: &Rc<Self>, work: impl AsyncFnOnce(Rc<Self>) -> Result<(), String> + 'static) {
        let app = Rc::clone(self);
        spawn_local(async move {
            if let Err(refused) = work(Rc::clone(&app)).await {
                app.trouble(refused);
            }
            app.list_worlds();
        });
    }

    /// Says what was refused: in the gallery while it is open, else on the page.
    fn trouble(&self, sentence: String) {
        if self.shelf.open.get() {
            *self.shelf.trouble.borrow_mut() = Some(sentence);
        } else {
            *self.notice.borrow_mut() = Some(BannerView {
                role: BannerRole::Limit,
                text: sentence,
                actions: vec![(words::DISMISS.to_owned(), Command::Dismiss)],
            });
        }
    }

    /// Saves the records of the world under this name that could not be opened.
    pub(super) fn save_stored(self: &Rc<Self>) {
        let host = self.host();
        let Kept::Beside(problem) = host.kept() else {
            return;
        };
        self.later(async move |app| {
            let world = app.host().name().to_owned();
            let records = shelf::records(&world, &problem)
                .await
                .map_err(|error| sentence(error, &world))?;
            let name = format!("{world}.stored-records.json");
            download::save(&name, &records, download::JSON);
            Ok(())
        });
    }

    async fn file_of(&self, world: &str) -> Result<String, String> {
        let host = self.host();
        if host.name() == world {
            return Ok(host.export());
        }
        shelf::read(world)
            .await
            .map_err(|error| sentence(error, world))
    }

    fn rename(self: &Rc<Self>, world: String, to: String) {
        if to == world {
            return;
        }
        if !is_world_name(&to) {
            return self.trouble(words::NO_NAME.to_owned());
        }
        if Lesson::named(&to).is_some() {
            return self.trouble(words::reserved(&to));
        }
        self.later(async move |app| {
            let front = app.host().name() == world;
            if front {
                app.host().closed().await;
            }
            let renamed = shelf::rename(&world, &to).await;
            if front {
                let name = if renamed.is_ok() { &to } else { &world };
                let shown = app.ui.borrow().pipeline.clone();
                app.put_in_front(open(name).await);
                app.ui.borrow_mut().pipeline = shown;
                app.write_address(false);
            }
            renamed.map_err(|error| {
                let about = if error == ShelfError::Exists {
                    &to
                } else {
                    &world
                };
                sentence(error, about)
            })
        });
    }

    async fn delete(self: &Rc<Self>, world: String) -> Result<(), String> {
        let front = self.host().name() == world;
        if front {
            self.host().closed().await;
        }
        let removed = shelf::remove(&world).await;
        if front {
            let next = if removed.is_ok() { FIRST_WORLD } else { &world };
            self.put_in_front(open(next).await);
            self.write_address(false);
        }
        let file = removed.map_err(|error| sentence(error, &world))?;
        *self.shelf.undo.borrow_mut() = Some(Undo::Deleted {
            name: world,
            file,
            front,
        });
        Ok(())
    }

    /// Makes a new world of a file. What is refused leaves nothing behind.
    async fn add(self: &Rc<Self>, file: &str, text: &str) -> Result<(), String> {
        let wish = file.trim_end_matches(".json").trim_end_matches(".world");
        let wish = if is_world_name(wish) {
            wish
        } else {
            words::TITLE
        };
        let taken = self.shelf.names();
        let free = |name: &String| {
            !taken.contains(name) && Lesson::named(name).is_none() && self.host().name() != name
        };
        let name = (1..).map(|number| words::numbered(wish, number)).find(free);
        let host = open_empty(&name.unwrap_or_default(), "us-east-1").await;
        match host.import(text) {
            Ok(()) => {
                self.close_gallery();
                self.switch(host);
                Ok(())
            }
            Err(refusal) => {
                leave(host).await;
                let (_, message) = refusal.words();
                Err(words::unreadable(file, &message))
            }
        }
    }

    fn start_over(self: &Rc<Self>) {
        let host = self.host();
        let lesson = host.look(|session| Lesson::of(host.name(), session.world()));
        if let Some(lesson) = lesson {
            self.begin_over(lesson);
        }
    }

    /// A world has come in front: if it is to begin anew, it does.
    pub(super) fn begin_if_wanted(self: &Rc<Self>) {
        let wanted = self.shelf.anew.take();
        if let Some(lesson) = wanted
            .filter(|world| *world == self.host().name())
            .and_then(Lesson::named)
        {
            self.begin_over(lesson);
        }
    }

    fn begin_over(self: &Rc<Self>, lesson: &'static Lesson) {
        let host = self.host();
        let done = play(lesson).and_then(|session| {
            self.replace(words::started_over(lesson.words.title), || {
                host.become_world(session)
            })
        });
        if let Err(refused) = done {
            self.trouble(refused);
        }
    }

    /// Puts something in the place of the world in front, so that it can be taken back.
    pub(super) fn replace(
        self: &Rc<Self>,
        text: String,
        put: impl FnOnce() -> Result<(), Refusal>,
    ) -> Result<(), String> {
        let file = self.host().export();
        put().map_err(|refusal| match refusal {
            Refusal::ReadOnly(_) => words::NOT_WRITER.to_owned(),
            other => words::failed(&other.words().1),
        })?;
        self.forget();
        self.shelf.moved_on();
        *self.shelf.undo.borrow_mut() = Some(Undo::Replaced { text, file });
        Ok(())
    }

    async fn undo(self: &Rc<Self>) -> Result<(), String> {
        let Some(undo) = self.shelf.undo.borrow_mut().take() else {
            return Ok(());
        };
        let host = self.host();
        let (name, file, front) = match &undo {
            Undo::Replaced { file, .. } => (host.name().to_owned(), file, true),
            Undo::Deleted { name, file, front } => (name.clone(), file, *front),
        };
        let back = if host.name() == name {
            host.import(file)
                .map_err(|refusal| words::failed(&refusal.words().1))
        } else {
            shelf::put(&name, file)
                .await
                .map_err(|error| sentence(error, &name))
        };
        if let Err(refused) = back {
            // Nothing is lost by an attempt.
            *self.shelf.undo.borrow_mut() = Some(undo);
            return Err(refused);
        }
        if host.name() == name {
            self.forget();
        } else if front {
            self.visit(&name);
        }
        Ok(())
    }

    fn save_picture(&self) {
        use leptos::prelude::WithUntracked;
        let sprite = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.query_selector("svg.sprite").ok().flatten())
            .map(|sprite| sprite.outer_html());
        // Of a long line the page has only what is seen; the file has all of it.
        let whole = self
            .host()
            .look(|session| whole_picture(session.world(), &self.ui.borrow()));
        let picture = whole.map(|pipeline| {
            let caption = self
                .view
                .with_untracked(|view| worlds::caption(&pipeline, &view.clock));
            let drawn = svg::picture(&pipeline, &caption, &sprite.unwrap_or_default());
            (format!("{}.svg", pipeline.name), drawn)
        });
        if let Some((name, drawn)) = picture {
            download::save(&name, &drawn, download::SVG);
        }
    }

    /// The clock was stopped: what it was stopped for is selected. Answers its fact.
    pub(super) fn saw(&self, seen: Seen) {
        let host = self.host();
        let found = host.look(|session| {
            let world = session.world();
            let pipeline = world.pipelines.get(&seen.execution.pipeline)?;
            let execution = pipeline.executions.get(&seen.execution.number)?;
            let selection = match seen.action {
                Some((stage, action)) => {
                    let plan = pipeline.plan(execution.version);
                    let stage_name = plan.stage(stage).name.clone();
                    Selection::Action(stage_name, plan.action(stage, action).name.clone())
                }
                None => Selection::Execution(world.key().execution(seen.execution)),
            };
            Some((pipeline.name().to_owned(), selection))
        });
        if let Some((pipeline, selection)) = found {
            let mut ui = self.ui.borrow_mut();
            ui.pipeline = Some(pipeline);
            ui.selection = selection;
        }
    }

    /// Says why the clock was stopped, in the words of its fact where the list has it.
    pub(super) fn say_stopped(&self, seen: Seen, view: &mut PageView) {
        let fact = view.facts.iter().find(|row| row.sequence == seen.fact);
        let said = fact.map_or_else(
            || words::stopped_because(seen.stop),
            |row| words::stopped(&row.sentence),
        );
        *self.shelf.stopped.borrow_mut() = Some(said.clone());
        view.worlds.stopped = Some(said);
    }

    /// The clock goes on.
    pub(super) fn goes_on(&self) {
        *self.shelf.stopped.borrow_mut() = None;
    }
}
