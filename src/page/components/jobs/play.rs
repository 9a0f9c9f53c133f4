//! The worker played by hand: the steps, the call that comes next with its fields, and what the calls came to. The calls
//! are real ones of this world's API.

use leptos::prelude::*;

use super::{part, tell};
use crate::page::command::JobsCommand;
use crate::page::components::call::{Client, call};
use crate::page::components::context::{Page, element};
use crate::page::components::copy::copy;
use crate::page::components::form::fields;
use crate::page::components::icon::symbol;
use crate::page::components::memo::Memo;
use crate::page::components::token::{Size, token};
use crate::page::view::{SaidView, Step};
use crate::page::words::jobs as words;

pub(super) fn play(page: Page) -> impl IntoView {
    let client = RwSignal::new(Client::Cli);
    let subject = part(page, |jobs| jobs.play.subject.clone());
    let steps = part(page, |jobs| jobs.play.steps.clone());
    let asked = part(page, |jobs| jobs.play.fields.clone());
    let next = part(page, |jobs| {
        (jobs.play.operation.clone(), jobs.play.call.clone())
    });
    let note = part(page, |jobs| jobs.play.note.clone());
    let presses = part(page, |jobs| jobs.play.presses.clone());
    let said = part(page, |jobs| jobs.play.said.clone());
    let last = Memo::new(move |_| {
        said.with(|said| {
            let last = said.first()?;
            Some((last.operation.clone(), last.refused, last.text.clone()))
        })
    });
    let filled = Callback::new(move |(field, value)| {
        tell(page, JobsCommand::Set { field, value });
    });
    let about = move || {
        subject.get().map(|(who, short)| {
            let letter = who.letter.clone();
            view! {
                <p class="of">{words::job(&short)}" "{words::OF}" "{token(&who, Size::Small)}<span class="aside">{letter}</span></p>
            }
        })
    };
    let way = move || {
        let steps = steps.get().into_iter().zip(1..).map(|((name, step), number)| {
            let (class, said) = match step {
                Step::Done => ("done", Some(words::DONE)),
                Step::Now => ("now", Some(words::NOW)),
                Step::Later => ("later", None),
            };
            let current = (step == Step::Now).then_some("step");
            view! {
                <li class=class aria-current=current><span class="number">{number}</span>{name}" "<span class="aside">{said}</span></li>
            }
        });
        steps.collect_view()
    };
    let buttons = move || {
        let buttons = presses.get().into_iter().enumerate().map(|(place, (label, command))| {
            let class = if place == 0 { "button inked" } else { "button" };
            view! {
                <button type="button" class=class on:click=move |_| page.perform(command.clone())>{label}</button>
            }
        });
        buttons.collect_view()
    };
    let came_back = move || {
        last.get().map(|(operation, refused, text)| {
            let (class, word) = if refused {
                ("came-back state fail", words::REFUSED)
            } else {
                ("came-back", words::ANSWERS)
            };
            view! { <p class=class>{refused.then(|| symbol("#i-failed"))}<span><code>{operation}</code>" "{word}": "{text}</span></p> }
        })
    };
    let history = move || {
        if said.with(Vec::is_empty) {
            return view! { <p class="help">{words::NO_CALLS}</p> }.into_any();
        }
        view! {
            <h3>{words::CALLS}</h3>
            <ol class="job-said">
                <For each=move || said.get() key=|one| one.number children=move |first| {
                    let number = first.number;
                    let now = element(first, move || {
                        said.with(|said| said.iter().find(|one| one.number == number).cloned())
                    });
                    view! { <li>{move || one(now.get(), client)}</li> }
                }/>
            </ol>
        }
        .into_any()
    };
    view! {
        <section class="pane job-play" aria-label=words::PLAY>
            <header><h2>{words::PLAY}</h2>{about}</header>
            <div class="content" tabindex="0">
                <ol class="job-steps" aria-label=words::STEPS>{way}</ol>
                <div class="form"><div class="body">{fields(asked, filled, false)}</div></div>
                <p class="actions">{buttons}</p>
                <div role="status">{came_back}</div>
                {move || { let (operation, text) = next.get(); text.map(|text| view! {
                    <div class="next-call">
                        <h3><code>{operation}</code></h3>
                        {call(text, client, "played-call")}
                    </div>
                }) }}
                <p class="help">{note}</p>
                {history}
            </div>
        </section>
    }
}

/// A call that was made, to open.
fn one(said: SaidView, client: RwSignal<Client>) -> impl IntoView {
    let call = said.call;
    let text = move || client.get().of(&call);
    let class = if said.refused {
        "answer state fail"
    } else {
        "answer"
    };
    view! {
        <details>
            <summary><span class="time">{said.time}</span>" "<code>{said.operation}</code>" "<span class=class>{said.text}</span></summary>
            <pre class="call-text" tabindex="0">{text}</pre>
            <p>{copy(said.answer.clone())}</p>
            <pre tabindex="0">{said.answer}</pre>
        </details>
    }
}
