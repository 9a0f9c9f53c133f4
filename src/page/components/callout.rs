//! The one call-out: framed, with a line to what it is about. Not modal. It rewrites itself when the reason changes
//! and closes when there is none any more. Where the page is narrow it is a sheet at the lower edge, by style alone.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::approval::{Asked, answer};
use super::context::{Callout, Page, find_action, find_why, spot};
use super::dom;
use super::icon::symbol;
use super::soon::Here;
use super::token::{Size, token};
use super::why::why;
use crate::page::components::memo::Memo;
use crate::page::layout::{self, Rect, Subject};
use crate::page::view::{PageView, Selection, Token, WhyView};
use crate::page::words;

/// What stands in it now.
#[derive(Clone, PartialEq)]
enum Content {
    Why(WhyView),
    Approval { asked: Asked, owner: Option<Token> },
}

/// The call-out, while one is open.
pub(super) fn callout(page: Page) -> impl IntoView {
    let content = Memo::new(move |last: Option<&Option<Content>>| {
        let about = page.callout.get()?;
        let now = page.view.with(|view| read(view, &about));
        now.or_else(|| match (&about, last) {
            // It has ended under whoever was answering it: the form says so, and keeps what was written.
            (
                Callout::Approval { stage, action },
                Some(Some(Content::Approval { asked, owner })),
            ) if asked.stage == *stage && asked.action == *action => Some(Content::Approval {
                asked: asked.clone(),
                owner: owner.clone(),
            }),
            _ => None,
        })
    });
    let frame: NodeRef<html::Div> = NodeRef::new();
    let leader: NodeRef<leptos::svg::Path> = NodeRef::new();
    let here = Here::new();
    let place = move || {
        if let (Some(frame), Some(leader)) = (frame.get_untracked(), leader.get_untracked()) {
            stand(page, &frame, &leader);
        }
    };
    // Nothing to say any more: it closes by itself.
    Effect::new(move || {
        if content.with(Option::is_none) && page.callout.with_untracked(Option::is_some) {
            page.close();
        }
    });
    // It takes the focus when it opens or turns to something else, not when its words change.
    Effect::new(move || {
        if page.callout.with(Option::is_some) {
            here.next_frame(move || {
                bring(page);
                if let Some(frame) = frame.get_untracked() {
                    dom::focus(&frame);
                }
            });
        }
    });
    // It follows its subject.
    Effect::new(move || {
        if page.callout.with(Option::is_some) {
            page.view.track();
            page.moved.track();
            here.next_frame(place);
        }
    });
    let open = Memo::new(move |_| content.with(Option::is_some));
    move || {
        open.get().then(|| {
            view! {
                <svg class="leader" aria-hidden="true"><path node_ref=leader/></svg>
                <div class="callout" role="dialog" aria-label=words::why::LABEL tabindex="-1" node_ref=frame>
                    <button type="button" class="button quiet square close" aria-label=words::why::CLOSE
                        on:click=move |_| page.close()>{symbol("#i-close")}</button>
                    {move || content.get().map(|content| match content {
                        Content::Why(answer) => why(page, answer).into_any(),
                        Content::Approval { asked, owner } => view! {
                            <h2 class="chain">
                                {owner.map(|owner| token(&owner, Size::Medium))}
                                <span class="thing">{words::approval::title(&asked.action, &asked.stage)}</span>
                            </h2>
                            {answer(page, asked)}
                        }.into_any(),
                    })}
                </div>
            }
        })
    }
}

fn read(view: &PageView, about: &Callout) -> Option<Content> {
    let pipeline = view.pipeline.as_ref()?;
    match about {
        Callout::Execution(id) => find_why(pipeline, id)
            .or_else(|| {
                let details = view.details.as_ref()?;
                (details.selection == Selection::Execution(id.clone()))
                    .then(|| details.why.clone())
                    .flatten()
            })
            .map(Content::Why),
        Callout::Selected => view.details.as_ref()?.why.clone().map(Content::Why),
        Callout::Approval { stage, action } => {
            let found = find_action(pipeline, stage, action)?;
            Some(Content::Approval {
                asked: Asked {
                    stage: stage.clone(),
                    action: action.clone(),
                    token: found.approval.as_ref()?.token.clone(),
                },
                owner: found.owner.clone(),
            })
        }
    }
}

/// What a call-out stands in: the picture, or the jobs in its place.
fn ground() -> Option<Element> {
    let jobs = document().query_selector(".jobs").ok().flatten();
    jobs.or_else(dom::picture)
}

/// Measures, asks the arithmetic, and moves frame and leader.
fn stand(page: Page, frame: &web_sys::HtmlElement, leader: &Element) {
    let Some(picture) = ground() else {
        return;
    };
    let Some(about) = page.callout.get_untracked() else {
        return;
    };
    let area = dom::rect(&picture);
    let drawn: Vec<Rect> = dom::all(
        &picture,
        ".stage, .bay, .watch, .lane, .check-row, .job-ticket",
    )
    .iter()
    .map(|drawn| dom::rect_in(drawn, &area))
    .collect();
    let own = dom::rect(frame);
    let subject = subject(page, &picture, &area, &about);
    let place = layout::place(
        (area.width, area.height),
        (own.width, own.height),
        subject,
        &drawn,
    );
    dom::property(frame, "--left", &format!("{}px", area.x + place.left));
    dom::property(frame, "--top", &format!("{}px", area.y + place.top));
    let _ = leader.set_attribute("d", &place.leader.unwrap_or_default());
    let _ = leader.set_attribute("transform", &format!("translate({} {})", area.x, area.y));
}

/// Scrolls the picture sideways until the stage (or queue) it is about can be seen.
fn bring(page: Page) {
    let Some(picture) = dom::picture() else {
        return;
    };
    let Some(scroller) = dom::all(&picture, ".scroller").into_iter().next() else {
        return;
    };
    let Some((_, within)) = page
        .callout
        .get_untracked()
        .and_then(|about| place(page, &picture, &about))
    else {
        return;
    };
    let area = dom::rect(&scroller);
    let shown = dom::rect_in(&within, &area);
    let by = layout::into_view(area.width, shown.x, shown.width);
    if by != 0 {
        scroller.set_scroll_left(scroller.scroll_left() + by);
    }
}

fn subject(page: Page, picture: &Element, area: &Rect, about: &Callout) -> Option<Subject> {
    let (place, within) = place(page, picture, about)?;
    Some(Subject {
        rect: dom::rect_in(&place, area),
        within: dom::rect_in(&within, area),
        hanging: within.class_list().contains("bay"),
    })
}

/// What a call-out is about, and the stage or queue it is in.
fn place(page: Page, picture: &Element, about: &Callout) -> Option<(Element, Element)> {
    let place = match about {
        Callout::Execution(id) => dom::with_attribute(picture, "data-execution", id),
        Callout::Approval { stage, action } => {
            dom::with_attribute(picture, "data-spot", &spot::action(stage, action))
        }
        Callout::Selected => {
            let selection = page.view.with_untracked(|view| {
                view.details
                    .as_ref()
                    .map(|details| details.selection.clone())
            });
            match selection? {
                Selection::Pipeline => None,
                Selection::Stage(stage) => {
                    dom::with_attribute(picture, "data-spot", &spot::stage(&stage))
                }
                Selection::Action(stage, action) => {
                    dom::with_attribute(picture, "data-spot", &spot::action(&stage, &action))
                }
                Selection::Execution(id) => dom::with_attribute(picture, "data-execution", &id),
                Selection::Job(id) => dom::with_attribute(picture, "data-job", &id),
            }
        }
    }?;
    let within = place
        .closest(".bay, .stage, .lane, .job-ticket")
        .ok()
        .flatten()?;
    Some((place, within))
}
