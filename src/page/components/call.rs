//! A call as three clients write it: one of them is shown, and can be copied.

use leptos::prelude::*;

use super::copy::copy;
use crate::page::call_text::CallText;
use crate::page::words::facts as words;

/// The clients a call is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    Cli,
    Boto3,
    JavaScript,
}

impl Client {
    /// The call as this client writes it.
    pub(super) fn of(self, text: &CallText) -> String {
        match self {
            Client::Cli => text.cli.clone(),
            Client::Boto3 => text.boto3.clone(),
            Client::JavaScript => text.javascript.clone(),
        }
    }
}

/// The call, with the choice of the client; `group` is the name of that choice, one for each place of the page.
pub(super) fn call(text: CallText, client: RwSignal<Client>, group: &'static str) -> impl IntoView {
    let clients = [
        (Client::Cli, words::CLI),
        (Client::Boto3, words::BOTO3),
        (Client::JavaScript, words::JAVASCRIPT),
    ];
    let choices = clients.into_iter().map(move |(one, label)| {
        view! {
            <label><input type="radio" name=group prop:checked=move || client.get() == one on:change=move |_| client.set(one)/><span>{label}</span></label>
        }
    });
    view! {
        <fieldset class="clients"><legend class="aside">{words::CLIENT}</legend><div class="segments">{choices.collect_view()}</div></fieldset>
        {move || { let text = client.get().of(&text); view! {
            <pre class="call-text" tabindex="0">{text.clone()}</pre>
            <p>{copy(text)}</p>
        }}}
    }
}
