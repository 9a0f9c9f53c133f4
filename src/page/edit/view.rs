//! What the editor shows of a draft.

use std::sync::Arc;

use super::change::Chosen;
use super::desk::Desk;
use super::draft::{Base, Draft};
use super::lines::Lines;
use super::{add, bus, effect, form, picture};
use crate::engine::world::World;
use crate::order::sort_by_key;
use crate::page::layout;
use crate::page::text::edit as text;
use crate::page::view::{EditView, JsonView, Mark};

/// Builds the view. `trouble` is what was refused when the draft was saved last.
#[must_use]
pub fn view(world: &World, draft: &Draft, chosen: Chosen, trouble: Option<String>) -> EditView {
    let desk = Desk::new(world, draft, chosen);
    let names = desk
        .outline
        .actions()
        .map(|(_, _, action)| action.name.as_str());
    let tile = layout::tile_width(names, 1.0);
    let (of, title, save) = match &draft.base {
        Base::New => (None, text::NEW.to_owned(), text::CREATE),
        Base::Version { name, version } => {
            let next = desk.saved.map_or(*version, |pipeline| pipeline.version()) + 1;
            (Some(name.clone()), text::draft_of(next), text::UPDATE)
        }
    };
    let is_new = draft.base == Base::New;
    let sound = draft.broken().is_none() && desk.problems.is_empty();
    let bus = bus::bus(&desk, tile);
    let stages = picture::stages(&desk);
    EditView {
        title,
        name: desk.outline.name.clone(),
        of,
        unsaved: draft.unsaved(),
        steps: draft.steps(),
        counted: match draft.broken() {
            Some(_) => text::UNREADABLE.to_owned(),
            None => text::problems(desk.problems.len()),
        },
        effect: effect::effect(&desk),
        save: save.to_owned(),
        ready: sound && (is_new || (draft.unsaved() && desk.saved.is_some())),
        trouble,
        broken: draft
            .broken()
            .map(|broken| text::broken(broken.line, broken.column, &broken.message)),
        chosen: desk.chosen,
        stages,
        tile,
        bus,
        form: form::form(&desk),
        sources: add::addable(desk.world, desk.value, true),
        types: add::addable(desk.world, desk.value, false),
        json: json(&desk),
        problems: desk.problems,
        advice: desk.advice,
    }
}

fn json(desk: &Desk) -> JsonView {
    let text = desk.draft.text();
    let lines = Lines::of(text);
    let each: Vec<&str> = text.split('\n').collect();
    let letters = |line: &str| line.chars().count();
    let mut marks: Vec<Mark> = Vec::new();
    if let Some(broken) = desk.draft.broken() {
        let line = broken.line.saturating_sub(1);
        marks.push(Mark {
            line,
            letters: each.get(line).map_or(0, |line| letters(line)),
            message: text::broken(broken.line, broken.column, &broken.message),
            advice: false,
        });
    } else {
        for (advice, one) in &desk.placed {
            let (line, _) = lines.lines(&one.at);
            let message = if *advice {
                text::advised(&one.message)
            } else {
                text::said(&one.error, &one.message)
            };
            marks.push(Mark {
                line,
                letters: each.get(line).map_or(0, |line| letters(line)),
                message,
                advice: *advice,
            });
        }
        // One mark a line: what is wrong before what could be better.
        sort_by_key(&mut marks, |mark| (mark.line, mark.advice));
        marks.dedup_by_key(|mark| mark.line);
    }
    let is_part = desk.chosen != Chosen::Pipeline && desk.draft.broken().is_none();
    JsonView {
        lines: lines.count(),
        widest: each.iter().map(|line| letters(line)).max().unwrap_or(0),
        chosen: is_part.then(|| lines.lines(&desk.chosen.pointer())),
        text: Arc::from(text),
        marks,
    }
}
