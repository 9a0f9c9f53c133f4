//! What the gallery says of its worlds: the name, the sentence on the card, and what to watch. A native test plays
//! each world and holds the last one against it.

/// What is said of a world of the gallery.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Its name.
    pub title: &'static str,
    /// On the card.
    pub card: &'static str,
    /// In the picture: what is the case, and what to do.
    pub watch: &'static str,
}

pub const FIRST_RELEASE: Words = Words {
    title: "A first release",
    card: "Watch A take each lock in turn and give it back.",
    watch: "A holds the lock of Build while Compile runs. Press Play: A takes the lock of each stage in turn and gives it back.",
};
pub const SUPERSEDED: Words = Words {
    title: "Superseded while waiting",
    card: "Watch who is overtaken while A waits for a person.",
    watch: "A waits for a person, so nobody else gets into Production. In front of it only the newest may wait: C took B's place. Open the gate, press Play, and see whose place D takes.",
};
pub const QUEUED: Words = Words {
    title: "Queued",
    card: "Watch the line keep its order, whatever happens.",
    watch: "A holds Build. B, C and D stand in line in the order in which they came, and nobody overtakes. Press Play: as A leaves, B enters.",
};
pub const PARALLEL: Words = Words {
    title: "Parallel",
    card: "Watch three executions in one stage, and a later one come out first.",
    watch: "A, B and C are inside Build at once: in PARALLEL mode no stage has a lock. Press Play: C, which began last, is through before A.",
};
pub const APPROVAL: Words = Words {
    title: "An approval that blocks",
    card: "Watch one unanswered question hold up everybody behind it.",
    watch: "A waits for a person, and B waits behind it: Production stays locked until somebody answers. Press Approve and answer, then Play: A goes on, and B enters as A leaves.",
};
pub const CLOSED_GATE: Words = Words {
    title: "A closed gate",
    card: "Watch what arrives while nobody may enter.",
    watch: "A waits at the closed gate in front of Staging, though Staging is free. Open the gate and A enters at once. Press Play instead, and B gets there and takes A's place.",
};
pub const RETRY: Words = Words {
    title: "One of three fails",
    card: "Watch a retry run only what failed.",
    watch: "UnitTests failed, so Build failed for A, though Lint and Docs beside it succeeded. Retry the failed actions: only UnitTests runs again, and A goes on.",
};
pub const ROLLBACK: Words = Words {
    title: "Automatic rollback",
    card: "Watch C put A's version back where B failed.",
    watch: "B failed in Production, so C puts back what A deployed there. C is a rollback: it took the lock directly and never came along the line. Press Play: it ends with this one stage.",
};
pub const WORKERS: Words = Words {
    title: "A custom action with workers",
    card: "Watch a job that nobody acknowledges come back.",
    watch: "A worker took the job of BenchTest and fell silent, and another has taken its place. Press Play: not acknowledged for 60 s, the job is in the queue again, and the new worker does it.",
};
pub const TRIGGERS: Words = Words {
    title: "Triggers on branches and paths",
    card: "Watch which push starts an execution, and which does not.",
    watch: "A push to main that changed only docs/guide.md started nothing. The next one changed src/cart.ts, and B runs for it. Push src/ to feature/basket and nothing starts; push it to release/2.1 and C does.",
};
