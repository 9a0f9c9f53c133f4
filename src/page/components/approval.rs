//! Answering an approval: what the pipeline says about it, a comment, Approve and Reject, and what happens if nobody
//! answers. The same form stands in the call-out of the tile and in the details.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::context::Page;
use crate::page::command::Command;
use crate::page::view::ApprovalView;
use crate::page::words::approval as words;

/// The longest comment PutApprovalResult takes.
const COMMENT_LENGTH: u32 = 512;

/// The form.
pub(super) fn answer(
    page: Page,
    stage: String,
    action: String,
    approval: ApprovalView,
) -> impl IntoView {
    let ApprovalView {
        token,
        expiry,
        comment,
        link,
    } = approval;
    let send = move |event: web_sys::MouseEvent, approve: bool| {
        let summary = written(&event);
        page.close();
        page.perform(Command::AnswerApproval {
            stage: stage.clone(),
            action: action.clone(),
            token: token.clone(),
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
            <label class="field">
                <span class="label">{words::COMMENT}<span class="help">{words::COMMENT_HELP}</span></span>
                <textarea rows="1" maxlength=COMMENT_LENGTH.to_string()></textarea>
            </label>
            <div class="actions">
                <button type="button" class="button filled" on:click=move |event| send(event, true)>{words::APPROVE}</button>
                <button type="button" class="button" on:click=move |event| reject(event, false)>{words::REJECT}</button>
                <span class="expiry">{expiry}</span>
            </div>
        </form>
    }
}

/// The comment in the form of the pressed button.
fn written(event: &web_sys::MouseEvent) -> String {
    let button = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let form = button.and_then(|button| button.closest("form").ok().flatten());
    let field = form.and_then(|form| form.query_selector("textarea").ok().flatten());
    field
        .and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok())
        .map(|field| field.value())
        .unwrap_or_default()
}
