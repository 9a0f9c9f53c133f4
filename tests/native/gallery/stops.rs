//! The clock stops at what somebody wants to see, at the instant at which it happens.

use codepipeline_simulator::{
    api::{
        controls::Goal,
        session::{Session, Stopped},
        stops::{Stop, Stops},
    },
    engine::time::{DAY, MINUTE},
    page::state::ClockState,
};
use serde_json::json;

use super::Visit;

fn only(stop: Stop) -> Stops {
    Stops::default().with(stop, true)
}

/// Plays a world at a day a second until the clock stops by itself; answers after how many minutes it did.
fn play_until_stopped(session: &mut Session) -> Option<i64> {
    let began = session.world().now;
    session.set_speed(86_400, 0.0);
    session.play(0.0);
    let mut real = 0.0;
    while session.playing() && real < 2_000.0 {
        real += 16.0;
        session.tick(real, 64, || true);
        let _ = session.collect();
    }
    (!session.playing()).then(|| session.world().now.since(began) / MINUTE)
}

#[test]
fn at_a_day_a_second_it_still_stands_at_the_very_instant() {
    for (name, stop, minutes, who) in [
        // Each of these is minutes ahead; a frame at this speed is twenty-three.
        ("closed-gate", Stop::Superseded, 2, 1),
        ("closed-gate", Stop::Blocked, 2, 2),
        ("queued", Stop::Failed, -1, 0),
    ] {
        let mut visit = Visit::to(name);
        visit.session.stop_at(only(stop));
        let stopped = play_until_stopped(&mut visit.session);
        assert_eq!(
            stopped,
            (minutes >= 0).then_some(minutes),
            "{name} {stop:?}"
        );
        let seen = visit.session.take_seen();
        assert_eq!(
            seen.map(|seen| seen.execution.number),
            (who > 0).then_some(who)
        );
        assert_eq!(seen.map(|seen| seen.stop), (who > 0).then_some(stop));
        assert!(visit.session.take_seen().is_none(), "it is told once");
    }
}

#[test]
fn an_approval_and_a_failure_name_their_action_and_a_rollback_its_execution() {
    let mut visit = Visit::to("approval");
    visit.session.stop_at(only(Stop::Approval));
    visit.session.play(0.0);
    visit.answer("Production", "Approve", "Approved");
    assert!(visit.session.playing());
    play_until_stopped(&mut visit.session).expect("B is asked about");
    let seen = visit.session.take_seen().expect("seen");
    assert_eq!((seen.execution.number, seen.action), (2, Some((2, 0))));

    // A failure and the rollback that it causes happen in one instant: each is seen by who wants to see it.
    for (stop, number, action) in [(Stop::Failed, 4, Some((2, 1))), (Stop::RolledBack, 5, None)] {
        let mut visit = Visit::to("rollback");
        visit.play_on();
        let behavior = json!({
            "target": { "pipelineName": "storefront-release", "stageName": "Production", "actionName": "SmokeTest" },
            "behavior": { "outcome": { "kind": "fail" } },
        });
        let set = codepipeline_simulator::api::controls::read::<
            codepipeline_simulator::api::controls::SetBehavior,
        >("setBehavior", behavior)
        .and_then(|set| set.control(visit.session.world()))
        .expect("a behaviour");
        visit.session.control(set, 0.0).expect("it is set");
        visit.call(
            "StartPipelineExecution",
            json!({ "name": "storefront-release" }),
        );
        visit.session.stop_at(only(stop));
        let limit = visit.session.world().now.after(DAY);
        let goal = Goal::Idle(limit);
        let stopped = loop {
            if let Some(stopped) = visit.session.step_towards(goal, 64, true, 0.0) {
                break stopped;
            }
            let _ = visit.session.collect();
        };
        assert_eq!(
            stopped,
            Stopped::Cancelled,
            "a fast-forward ends there, too"
        );
        let seen = visit.session.take_seen().expect("seen");
        assert_eq!(
            (seen.stop, seen.execution.number, seen.action),
            (stop, number, action)
        );
    }
}

#[test]
fn a_script_goes_past_it_and_nothing_is_chosen_unless_somebody_does() {
    let mut visit = Visit::to("closed-gate");
    visit.session.stop_at(only(Stop::Superseded));
    let goal = Goal::Idle(visit.session.world().now.after(DAY));
    while visit.session.step_towards(goal, 64, false, 0.0).is_none() {}
    assert!(visit.session.take_seen().is_none(), "nobody watched");
    assert_eq!(visit.waiting("Staging"), ["B"]);
    let mut other = Visit::to("closed-gate");
    assert_eq!(play_until_stopped(&mut other.session), None);
}

#[test]
fn what_a_call_brings_about_stops_a_clock_that_plays_and_no_other() {
    let start = |visit: &mut Visit| {
        visit.session.stop_at(only(Stop::Superseded));
        visit.call(
            "StartPipelineExecution",
            json!({ "name": "storefront-release" }),
        );
        visit.open_gate("Staging");
    };
    let mut paused = Visit::to("superseded");
    start(&mut paused);
    assert!(paused.session.take_seen().is_none());
    let mut playing = Visit::to("superseded");
    playing.session.play(0.0);
    playing.session.stop_at(only(Stop::Blocked));
    let input = json!({
        "pipelineName": "storefront-release", "stageName": "Source", "transitionType": "Inbound", "reason": "stop",
    });
    playing.call("DisableStageTransition", input);
    playing.call(
        "StartPipelineExecution",
        json!({ "name": "storefront-release" }),
    );
    let seen = playing.session.take_seen();
    assert_eq!(
        seen.map(|seen| seen.stop),
        Some(Stop::Blocked).filter(|_| !playing.session.playing())
    );
}

#[test]
fn a_clock_that_rests_stands_where_the_last_thing_ended_and_goes_on_with_the_next() {
    let mut session = Visit::to("queued").session;
    session.stop_at(only(Stop::Idle));
    session.set_speed(600, 0.0);
    session.play(0.0);
    let mut real = 0.0;
    while !session.rests() {
        assert!(real < 1e6, "everything ends some time");
        real += 16.0;
        session.tick(real, 64, || true);
        let _ = session.collect();
    }
    let last = session.recent().next().expect("a fact").at;
    assert_eq!(session.world().now, last, "no time goes by for nothing");
    assert!(session.playing() && session.take_seen().is_none());
    for _ in 0..100 {
        real += 16.0;
        session.tick(real, 64, || true);
    }
    assert_eq!(session.present(real), last);
    real += 60_000.0;
    let input = json!({ "name": "ledger-nightly" });
    session
        .execute("StartPipelineExecution", input, real)
        .expect("it starts");
    assert_eq!(session.world().now, last, "what went by is not caught up");
    assert!(!session.rests());
    session.tick(real + 16.0, 64, || true);
    assert_eq!(session.world().now, last.after(16 * 600));
}

#[test]
fn a_clock_does_not_rest_while_somebody_waits_or_something_is_due() {
    // C waits at a closed gate, and nothing is due: how long it waits matters to it.
    let mut session = Visit::to("closed-gate").session;
    session.stop_at(only(Stop::Idle));
    let goal = Goal::Idle(session.world().now.after(DAY));
    while session.step_towards(goal, 64, true, 0.0).is_none() {}
    session.play(0.0);
    assert!(!session.rests());
    let before = session.world().now;
    session.tick(500.0, 64, || true);
    assert!(session.world().now > before);
    // Whoever asks for a day gets a day.
    let mut session = Visit::to("queued").session;
    session.stop_at(only(Stop::Idle));
    session.play(0.0);
    let to = session.world().now.after(DAY);
    while session.step_towards(Goal::At(to), 64, true, 0.0).is_none() {}
    assert_eq!(session.world().now, to);
    assert!(session.rests());
}

#[test]
fn a_clock_that_rests_says_until_when() {
    let visit = Visit::to("first-release");
    let page = |rests| {
        let clock = ClockState {
            playing: true,
            rests,
            ..ClockState::default()
        };
        visit.page_at(&clock).clock.rests
    };
    assert_eq!(page(false), None);
    assert_eq!(
        page(true).expect("a sentence"),
        "Nothing is under way. The clock rests until you start an execution."
    );
}
