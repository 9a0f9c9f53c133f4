//! What tells its readers only when it differs: Leptos's memo, made once for all types.
//!
//! Leptos writes its whole reactive node anew for every type that is remembered, some four kilobytes each; the page
//! has many small types. Here the node only counts changes, and what is remembered lies beside it.
//!
//! There are two kinds. One follows the signals it reads ([`Memo::new`]). The other is looked at by whoever knows when
//! ([`Memo::told`]): a part of the view, of which there are hundreds. If those followed the view, each new view would
//! mark all that hangs on any of them, and ask all of it whether it has changed; so what differs is found out first, and
//! only that is marked.
//!
//! Life cycle: made while a part of the page is built, gone with it; then it must not be read (see [`super::soon`]).

use std::any::Any;
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use leptos::prelude::{
    GetUntracked, IntoAttributeValue, IntoRender, LocalStorage, ReadValue, RwSignal, Signal,
    StoredValue, Track, Update,
};

/// What a function made last, kept until it makes something else.
pub(super) struct Memo<T> {
    changes: Changes,
    kept: StoredValue<Rc<dyn Any>, LocalStorage>,
    of: PhantomData<fn() -> T>,
}

/// Counts how often it was something else.
#[derive(Clone, Copy)]
enum Changes {
    Followed(leptos::prelude::Memo<u32>),
    Told(RwSignal<u32>),
}

impl Changes {
    fn track(self) {
        match self {
            Changes::Followed(memo) => memo.track(),
            Changes::Told(count) => count.track(),
        }
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

/// The node, without any type of ours in it. The function remembers what it makes and says whether it differs.
#[inline(never)]
fn counted(differs: Box<dyn Fn() -> bool + Send + Sync>) -> leptos::prelude::Memo<u32> {
    leptos::prelude::Memo::new(move |last: Option<&u32>| {
        last.copied()
            .unwrap_or(0)
            .wrapping_add(u32::from(differs()))
    })
}

/// What is remembered lies behind an `Rc`, so that nothing is borrowed while somebody looks at it.
type Kept<T> = RefCell<Option<Rc<T>>>;

impl<T: PartialEq + 'static> Memo<T> {
    /// Remembers what `make` makes of the signals it reads; it is given what it made last.
    pub(super) fn new(make: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self {
        let (kept, differs) = Self::remembering(make);
        Memo {
            changes: Changes::Followed(counted(Box::new(differs))),
            kept,
            of: PhantomData,
        }
    }

    /// Remembers what `make` makes whenever the look that is answered beside it is called, and now.
    pub(super) fn told(
        make: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
    ) -> (Self, Box<dyn Fn()>) {
        let (kept, differs) = Self::remembering(make);
        differs();
        let count = RwSignal::new(0_u32);
        let look = move || {
            if differs() {
                // Nobody reads it any more where the part of the page is gone.
                let _ = count.try_update(|count| *count = count.wrapping_add(1));
            }
        };
        let memo = Memo {
            changes: Changes::Told(count),
            kept,
            of: PhantomData,
        };
        (memo, Box::new(look))
    }

    /// Where it is remembered, and what makes it anew and says whether it differs.
    fn remembering(
        make: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
    ) -> (
        StoredValue<Rc<dyn Any>, LocalStorage>,
        impl Fn() -> bool + Send + Sync + 'static,
    ) {
        let kept: Rc<dyn Any> = Rc::new(Kept::<T>::default());
        let kept = StoredValue::new_local(kept);
        let differs = move || {
            let kept = Rc::clone(&kept.read_value());
            let Some(kept) = kept.downcast_ref::<Kept<T>>() else {
                return false;
            };
            let last = kept.borrow().clone();
            let made = make(last.as_deref());
            let differs = last.as_deref() != Some(&made);
            if differs {
                kept.replace(Some(Rc::new(made)));
            }
            differs
        };
        (kept, differs)
    }
}

impl<T: 'static> Memo<T> {
    /// Looks at it, and again whenever it differs.
    pub(super) fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.changes.track();
        self.with_untracked(look)
    }

    /// Looks at it once.
    pub(super) fn with_untracked<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.now())
    }

    #[expect(
        clippy::expect_used,
        reason = "reading the count makes what is remembered, of the type that it was made with"
    )]
    fn now(self) -> Rc<T> {
        if let Changes::Followed(memo) = self.changes {
            memo.get_untracked();
        }
        let kept = Rc::clone(&self.kept.read_value());
        let kept = kept.downcast_ref::<Kept<T>>();
        let kept = kept.expect("it is of its type").borrow().clone();
        kept.expect("it was made")
    }

    /// A copy of it, and again whenever it differs.
    pub(super) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// A copy of it, once.
    pub(super) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// To be called again whenever it differs.
    pub(super) fn track(self) {
        self.changes.track();
    }
}

impl<T: Clone + Send + Sync + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Signal::derive(move || memo.get())
    }
}

/// A memo stands in a view as the function that reads it, of one type for all memos of a type.
type Reading<T> = Box<dyn FnMut() -> T + Send>;

impl<T: Clone + Send + 'static> Memo<T> {
    fn reading(self) -> Reading<T> {
        Box::new(move || self.get())
    }
}

impl IntoRender for Memo<String> {
    type Output = Reading<String>;

    fn into_render(self) -> Self::Output {
        self.reading()
    }
}

impl IntoAttributeValue for Memo<String> {
    type Output = Reading<String>;

    fn into_attribute_value(self) -> Self::Output {
        self.reading()
    }
}

impl IntoAttributeValue for Memo<bool> {
    type Output = Reading<bool>;

    fn into_attribute_value(self) -> Self::Output {
        self.reading()
    }
}
