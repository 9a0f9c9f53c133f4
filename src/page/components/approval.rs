//! Answering an approval: what the pipeline says about it, a comment, Approve and Reject, and what happens if nobody
//! answers. The same form stands in the call-out of the tile and in the details.
//!
//! The clock runs on while somebody writes: an approval may expire under the form. Then the form stays, says so, and
//! keeps what was written until it is closed.

use leptos::prelude::*;

use super::context::{Page, find_action};
use super::icon::symbol;
use crate::page::command::Command;
use crate::page::components::memo::Memo;
use crate::page::view::{ApprovalView, PageView};
use crate::page::words::approval as words;

/// The longest comment PutApprovalResult takes.
const COMMENT_LENGTH: u32 = 512;

/// Which approval is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Its stage.
    pub stage: String,
    /// Its action.
    pub action: String,
    /// The token that tells it from the one before and the one after.
    pub token: String,
}

impl Asked {
    /// The approval as it is now; `None` once it was answered or has expired.
    fn now(&self, view: &PageView) -> Option<ApprovalView> {
        let on_tile = view
            .pipeline
            .as_ref()
            .and_then(|pipeline| find_action(pipeline, &self.stage, &self.action))
            .and_then(|action| action.approval.as_ref());
        let in_details = view.details.as_ref().and_then(|details| {
            let (_, _, approval) = details.approval.as_ref()?;
            Some(approval)
        });
        [on_tile, in_details]
            .into_iter()
            .flatten()
            .find(|approval| approval.token == self.token)
            .cloned()
    }

    /// What became of it, where its tile still shows it.
    fn end(&self, view: &PageView) -> String {
        let action = view
            .pipeline
            .as_ref()
            .and_then(|pipeline| find_action(pipeline, &self.stage, &self.action))
            .filter(|action| action.approval.is_none());
        match action {
            Some(shown) => words::ended(&self.action, &shown.state.word),
            None => words::over(&self.action),
        }
    }
}

/// The form.
pub(super) fn answer(page: Page, asked: Asked) -> impl IntoView {
    let watched = asked.clone();
    let now = page.part(move |view| watched.now(view));
    let ApprovalView { comment, link, .. } = now.get_untracked().unwrap_or_default();
    let over = Memo::new(move |_| now.with(Option::is_none));
    let expiry = move || now.get().map(|approval| approval.expiry);
    let ended = asked.clone();
    let meanwhile = move || {
        over.get().then(|| {
            let text = page.view.with(|view| ended.end(view));
            view! { <p class="meanwhile" role="status">{symbol("#i-info")}<span>{text}</span></p> }
        })
    };
    let token = asked.token.clone();
    // The same approval may be asked about at two places: they hold the same text.
    let read = token.clone();
    let written = Memo::new(move |_| {
        page.comments
            .with(|comments| comments.get(&read).cloned())
            .unwrap_or_default()
    });
    let write = move |event| {
        let text = event_target_value(&event);
        page.comments.update(|comments| {
            comments.insert(token.clone(), text);
        });
    };
    let send = move |approve: bool| {
        let mut summary = String::new();
        page.comments
            .update(|comments| summary = comments.remove(&asked.token).unwrap_or_default());
        page.close();
        page.perform(Command::AnswerApproval {
            stage: asked.stage.clone(),
            action: asked.action.clone(),
            token: asked.token.clone(),
            approve,
            summary,
        });
    };
    let reject = send.clone();
    let link = link.map(|link| {
        view! { <p class="review"><a href=link.clone() target="_blank" rel="noopener noreferrer">{words::LINK}</a>" "<code>{link}</code></p> }
    });
    view! {
        <form class="answer" on:submit=|event| event.prevent_default()>
            {comment.map(|comment| view! { <blockquote>{comment}</blockquote> })}
            {link}
            {meanwhile}
            <label class="field">
                <span class="label">{words::COMMENT}<span class="help">{words::COMMENT_HELP}</span></span>
                <textarea rows="1" maxlength=COMMENT_LENGTH.to_string() prop:value=move || written.get() on:input=write
                    readonly=move || over.get()></textarea>
            </label>
            <div class="actions">
                <button type="button" class="button filled" disabled=move || over.get() on:click=move |_| send(true)>{words::APPROVE}</button>
                <button type="button" class="button" disabled=move || over.get() on:click=move |_| reject(false)>{words::REJECT}</button>
                <span class="expiry">{expiry}</span>
            </div>
        </form>
    }
}
