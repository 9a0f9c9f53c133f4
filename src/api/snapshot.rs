//! The text of a session for storage, piece by piece: `{"world":…,"recent":[…]}`.
//!
//! Life cycle: [`Snapshotting::default`] begins; [`Snapshotting::piece`] writes a little more until it answers the whole
//! text. What is written has to stand still meanwhile; [`Session`](super::session::Session) sees to that.

use std::{collections::VecDeque, rc::Rc};

use crate::{
    engine::{fact::Fact, snapshot, world::World},
    json,
};

/// How many facts a piece has.
const FACTS: usize = 64;

/// A text that is being written.
#[derive(Debug, Default)]
pub struct Snapshotting {
    world: snapshot::Snapshotting,
    /// The facts that were written, once the world is.
    recent: Option<(String, usize)>,
}

impl Snapshotting {
    /// Writes the next piece. Answers the text, where it was the last one.
    pub fn piece(&mut self, world: &World, recent: &VecDeque<Rc<Fact>>) -> Option<String> {
        let Some((text, written)) = &mut self.recent else {
            if self.world.piece(world) {
                let world = std::mem::take(&mut self.world).into_text();
                self.recent = Some((format!("{{\"world\":{world},\"recent\":["), 0));
            }
            return None;
        };
        for fact in recent.iter().skip(*written).take(FACTS) {
            if *written > 0 {
                text.push(',');
            }
            text.push_str(&json::to_text(fact));
            *written += 1;
        }
        if *written < recent.len() {
            return None;
        }
        text.push_str("]}");
        self.recent.take().map(|(text, _)| text)
    }
}
