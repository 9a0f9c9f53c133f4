//! What this tab of the browser shows of the details: the tab in front, and the version that today's is held against.

use std::{cell::RefCell, rc::Rc};

use crate::{
    engine::world::plan::Plan,
    page::view::{DetailsTab, Section},
};

/// The details as this tab shows them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetailsUi {
    /// The tab in front, where what is selected has it.
    pub tab: DetailsTab,
    /// The version that today's is held against; `None` for the one before.
    pub against: Option<u32>,
    /// What was compared last.
    pub compared: Compared,
}

/// Something about how the details are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DetailsCommand {
    /// This tab to the front.
    Tab(DetailsTab),
    /// Hold today's version against this one.
    Against(u32),
}

impl DetailsUi {
    /// The same for another pipeline or world.
    #[must_use]
    pub fn elsewhere(&self) -> Self {
        Self {
            tab: self.tab,
            ..Self::default()
        }
    }

    /// After a command.
    pub fn change(&mut self, command: DetailsCommand) {
        match command {
            DetailsCommand::Tab(tab) => self.tab = tab,
            DetailsCommand::Against(version) => self.against = Some(version),
        }
    }
}

/// The last comparison of two versions: dear to make of a large pipeline, and the same until one is saved. Whoever looks
/// at a view cannot tell whether it was remembered or made, so any two are equal.
#[derive(Clone, Debug, Default)]
pub struct Compared(RefCell<Option<(Rc<Plan>, u32, Section)>>);

impl PartialEq for Compared {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Compared {
    /// The comparison of a plan with an older version; it is made where another one is remembered.
    pub fn section(
        &self,
        plan: &Rc<Plan>,
        against: u32,
        make: impl FnOnce() -> Section,
    ) -> Section {
        let mut remembered = self.0.borrow_mut();
        match &*remembered {
            Some((of, version, section)) if Rc::ptr_eq(of, plan) && *version == against => {
                section.clone()
            }
            _ => {
                let section = make();
                *remembered = Some((Rc::clone(plan), against, section.clone()));
                section
            }
        }
    }
}
