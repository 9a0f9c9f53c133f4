//! Parts of the view. Each new view is looked at once by everybody who draws a part of it; only where that part is another
//! one than before, something is drawn.
//!
//! Life cycle: a part is registered while its place on the page is built, and taken out with it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::effect::ImmediateEffect;

use super::memo::Memo;
use crate::page::view::PageView;

/// What somebody does with a new view.
type Look = Rc<dyn Fn()>;

/// Everybody who draws a part. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    view: RwSignal<PageView>,
    looks: StoredValue<Vec<(u32, Look)>, LocalStorage>,
    /// Names the next one.
    next: StoredValue<u32>,
}

impl Parts {
    /// Looks at every view that comes, at once: whoever reads a part finds it as the view has it.
    pub(super) fn new(view: RwSignal<PageView>) -> Self {
        let looks = StoredValue::new_local(Vec::<(u32, Look)>::new());
        ImmediateEffect::new_scoped(move || {
            view.track();
            // Taken out first: somebody may come or go meanwhile.
            let now: Vec<Look> =
                looks.with_value(|looks| looks.iter().map(|(_, look)| Rc::clone(look)).collect());
            for look in now {
                look();
            }
        });
        Self {
            view,
            looks,
            next: StoredValue::new(0),
        }
    }

    /// A part that `pick` makes of the view; it is given what it made last. It reads no signals.
    pub(super) fn part<T>(
        self,
        pick: impl Fn(&PageView, Option<&T>) -> T + Send + Sync + 'static,
    ) -> Memo<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let view = self.view;
        let (part, look) =
            Memo::told(move |last: Option<&T>| view.with_untracked(|view| pick(view, last)));
        self.register(look.into());
        part
    }

    fn register(self, look: Look) {
        let mut name = 0;
        self.next.update_value(|next| {
            name = *next;
            *next = next.wrapping_add(1);
        });
        self.looks.update_value(|looks| looks.push((name, look)));
        on_cleanup(move || {
            let _ = self
                .looks
                .try_update_value(|looks| looks.retain(|(other, _)| *other != name));
        });
    }
}
