//! The snapshot of a world, piece by piece: the same text as [`Engine::snapshot`](super::Engine::snapshot), written over
//! as many turns as it takes, so that a large world does not hold up whoever looks at it.
//!
//! Life cycle: [`Snapshotting::default`] begins, each [`Snapshotting::piece`] writes a little more, and the one that
//! answers true was the last. The world has to stand still from the first to the last piece: whoever holds it sees to
//! that, by writing all that is left before anything changes.

use std::ops::Bound;

use super::{
    ids::PipelineId,
    world::{World, pipeline::Pipeline},
};
use crate::json::{self, ToJson};

/// About how many bytes a piece has: few enough for a fraction of a frame.
const PIECE: usize = 64 * 1024;

/// A snapshot that is being written.
#[derive(Debug, Default)]
pub struct Snapshotting {
    text: String,
    /// What follows the pipelines.
    end: String,
    place: Place,
}

/// What comes next.
#[derive(Debug, Default)]
enum Place {
    /// Everything but the pipelines.
    #[default]
    World,
    /// The pipeline after this one; the first one, where there is none.
    Pipeline(Option<PipelineId>),
    /// The executions of a pipeline after this one, and what follows them.
    Executions {
        pipeline: PipelineId,
        after: Option<u32>,
        end: String,
    },
    /// Nothing.
    Over,
}

impl Snapshotting {
    /// Writes the next piece; whether it was the last one.
    pub fn piece(&mut self, world: &World) -> bool {
        let until = self.text.len() + PIECE;
        loop {
            self.place = match std::mem::take(&mut self.place) {
                Place::World => {
                    let (text, end) = json::to_text_around(world);
                    (self.text, self.end) = (text, end);
                    Place::Pipeline(None)
                }
                Place::Pipeline(last) => match next(world, last) {
                    Some(pipeline) => self.enter(pipeline, last.is_none()),
                    None => {
                        self.text.push_str(&self.end);
                        Place::Over
                    }
                },
                Place::Executions {
                    pipeline,
                    after,
                    end,
                } => self.some_executions(world, pipeline, after, end, until),
                Place::Over => return true,
            };
            if self.text.len() >= until {
                return false;
            }
        }
    }

    fn enter(&mut self, pipeline: &Pipeline, first: bool) -> Place {
        if !first {
            self.text.push(',');
        }
        let (text, end) = json::to_text_around(pipeline);
        self.text.push_str(&text);
        Place::Executions {
            pipeline: pipeline.id,
            after: None,
            end,
        }
    }

    fn some_executions(
        &mut self,
        world: &World,
        id: PipelineId,
        mut after: Option<u32>,
        end: String,
        until: usize,
    ) -> Place {
        let executions = world.pipelines.get(&id).map(|one| &one.executions);
        let left = executions.map(|all| all.range((beyond(after), Bound::Unbounded)));
        for (number, execution) in left.into_iter().flatten() {
            if self.text.len() >= until {
                return Place::Executions {
                    pipeline: id,
                    after,
                    end,
                };
            }
            if after.is_some() {
                self.text.push(',');
            }
            self.text.push_str(&json::to_text(execution as &dyn ToJson));
            after = Some(*number);
        }
        self.text.push_str(&end);
        Place::Pipeline(Some(id))
    }

    /// The text, once the last piece is written.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }
}

/// The pipeline after this one.
fn next(world: &World, last: Option<PipelineId>) -> Option<&Pipeline> {
    let mut left = world.pipelines.range((beyond(last), Bound::Unbounded));
    left.next().map(|(_, pipeline)| pipeline)
}

fn beyond<T>(last: Option<T>) -> Bound<T> {
    last.map_or(Bound::Unbounded, Bound::Excluded)
}
