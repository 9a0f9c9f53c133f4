//! The work of the worlds: jobs that wait, that are handed out, under way, and done.

use codepipeline_simulator::engine::{fact::Event, ids::JobId};
use serde_json::{Value, json};

use super::{
    declarations::{RIG, RUNSCOPE},
    stock::{Pool, Scene},
};
use crate::bench::Bench;

/// How many jobs are handed out.
const HANDED_OUT: usize = 5;

fn polled(answer: &Value) -> Vec<Value> {
    let jobs = answer["jobs"].as_array().expect("jobs").clone();
    assert_eq!(jobs.len(), HANDED_OUT);
    jobs
}

/// Workers of the account take jobs: of those that were handed out the first is not acknowledged, the last one is done,
/// and others still wait.
pub fn work(bench: &mut Bench, known: &mut Pool) {
    let question = json!({
        "actionTypeId": RIG.id(), "maxBatchSize": HANDED_OUT, "queryParam": { "Bench": "one" },
    });
    let jobs = polled(&bench.ok("PollForJobs", question));
    for (place, job) in jobs.iter().enumerate() {
        let (id, nonce) = (&job["id"], &job["nonce"]);
        if place > 0 {
            bench.ok("AcknowledgeJob", json!({ "jobId": id, "nonce": nonce }));
        }
        if place + 1 == HANDED_OUT {
            bench.ok("PutJobSuccessResult", json!({ "jobId": id }));
        }
        let scene = Scene::from([("JobId", id.clone()), ("Nonce", nonce.clone())]);
        let hot_for: &[&str] = match place {
            0 => &["AcknowledgeJob", "GetJobDetails"],
            _ => &[
                "PutJobSuccessResult",
                "PutJobFailureResult",
                "GetJobDetails",
            ],
        };
        known.know(scene.clone(), hot_for);
        if place > 0 {
            let mut scene = scene;
            let long = json!({ "Score": "x".repeat(123_000) });
            scene.insert("OutputVariablesMap", long);
            known.know(scene, &["PutJobSuccessResult"]);
        }
    }
    let asked = Scene::from([
        ("ActionTypeId", RIG.id()),
        ("QueryParamMap", json!({ "Bench": "one" })),
    ]);
    known.know(asked, &["PollForJobs"]);
    // The jobs of functions are never handed out: only their events tell of them.
    for fact in &bench.facts {
        if let Event::JobCreated { execution, job, .. } = &fact.event {
            let id = JobId {
                execution: *execution,
                ordinal: *job,
            };
            let uuid = json!(bench.engine.world().key().job(id));
            let scene = Scene::from([
                ("JobId", uuid.clone()),
                ("ThirdPartyJobId", uuid),
                ("Nonce", json!("1")),
            ]);
            known.know(scene, &[]);
        }
    }
}

/// The same with a partner's worker.
pub fn work_for_partner(bench: &mut Bench, known: &mut Pool) {
    let question = json!({ "actionTypeId": RUNSCOPE.id(), "maxBatchSize": HANDED_OUT });
    let jobs = polled(&bench.ok("PollForThirdPartyJobs", question));
    let asked = Scene::from([("ActionTypeId", RUNSCOPE.id())]);
    known.know(asked, &["PollForThirdPartyJobs"]);
    for (place, job) in jobs.iter().enumerate() {
        let (id, token) = (&job["jobId"], json!("DEFAULT_CLIENT_TOKEN"));
        let asked = json!({ "jobId": id, "clientToken": token });
        let details = bench.ok("GetThirdPartyJobDetails", asked.clone());
        let nonce = details["jobDetails"]["nonce"].clone();
        if place > 0 {
            let claim = json!({ "jobId": id, "clientToken": token, "nonce": nonce });
            bench.ok("AcknowledgeThirdPartyJob", claim);
        }
        if place + 1 == HANDED_OUT {
            bench.ok("PutThirdPartyJobSuccessResult", asked);
        }
        let scene = Scene::from([
            ("ThirdPartyJobId", id.clone()),
            ("ClientId", job["clientId"].clone()),
            ("ClientToken", token),
            ("Nonce", nonce),
        ]);
        let hot_for: &[&str] = match place {
            0 => &["AcknowledgeThirdPartyJob", "GetThirdPartyJobDetails"],
            _ => &[
                "PutThirdPartyJobSuccessResult",
                "PutThirdPartyJobFailureResult",
                "GetThirdPartyJobDetails",
            ],
        };
        known.know(scene, hot_for);
    }
}
