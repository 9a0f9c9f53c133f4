//! The page's own words: buttons, headings and the sentences of empty places. What the service and the
//! executions say comes finished in the view; nothing is worded in the components. One sentence is one entry with
//! named places, so that another language can order its words differently.

#![allow(missing_docs, reason = "each entry is its own text")]

pub mod facts;
pub mod jobs;
pub mod lanes;
pub mod operate;
pub mod settings;
pub mod timeline;
pub mod worlds;

/// Name of the product, for the title and the mark.
pub const PRODUCT: &str = "CodePipeline Simulator";

pub mod edit;

/// What the page says of its own accord.
pub mod app {
    pub const DISMISS: &str = "Dismiss";
    pub const UPDATE: &str = "A new version of the simulator is ready. What happened here is saved and stays; every tab of the page \
         reloads.";
    pub const RELOAD: &str = "Reload";
    pub const UNTIL_IDLE: &str = "until nothing is under way";
    pub const OPEN_FILE: &str = "Opening the world file";
    pub const TAKE_OVER: &str = "Taking over";
    pub const SAMPLE_FIRST_RELEASE: &str = "A first release";
    pub const SAMPLE_APPROVAL: &str = "An approval before production";
    pub fn refused(what: &str, name: &str, message: &str) -> String {
        if message.is_empty() {
            format!("{what} was refused, nothing has changed. {name}")
        } else {
            format!("{what} was refused, nothing has changed. {name}: {message}")
        }
    }
    pub fn file(name: &str, bytes: u64) -> String {
        format!("{name}, {} KB", bytes.div_ceil(1024))
    }
    pub fn unreadable(name: &str, reason: &str) -> String {
        format!("{name} could not be read: {reason}")
    }
}

pub mod bar {
    pub const REGION: &str = "World and pipeline";
    pub const WORLD_MENU: &str = "World";
    pub const PIPELINE_MENU: &str = "Choose a pipeline";
    pub const IMPORT: &str = "Import…";
    pub const START: &str = "Start execution";
    /// The same where there is no room for it, beside the clock's own sign.
    pub const START_SHORT: &str = "Start";
    pub const START_WITH: &str = "Start execution with…";
    pub const WITH: &str = "with…";
    pub const WITH_WHAT: &str = "variables and source revisions";
    pub const PUSH: &str = "Push a commit";
    pub const SAVE_FILE: &str = "Save the world as a file";
    pub const NO_PIPELINE: &str = "no pipeline yet";
    pub fn delete(pipeline: &str) -> String {
        format!("Delete {pipeline}…")
    }
    pub fn region(region: &str) -> String {
        format!("Region {region}")
    }
    pub fn open_world(world: &str) -> String {
        format!("Open world {world}")
    }
}

pub mod roster {
    pub const LABEL: &str = "Executions now";
    pub const EMPTY: &str =
        "Executions appear here, each with its own sign and the reason why it is where it is.";
    pub const WHY: &str = "why?";
    pub fn why(letter: &str) -> String {
        format!("why? Execution {letter}")
    }
    pub fn label(letter: &str, short: &str, state: &str, line: &str) -> String {
        format!("Execution {letter}, {short}: {state} {line}")
    }
}

pub mod picture {
    pub const OPEN: &str = "open";
    pub const CLOSED: &str = "closed";
    pub const UNFOLD: &str = "Show the actions";
    pub const STRIP: &str = "All stages";
    pub const TOOLS: &str = "How the picture is shown";
    pub const DENSITY: &str = "How closely";
    pub const LANES: &str = "Lanes";
    pub const DENSE: &str = "Dense";
    pub const ARTIFACTS: &str = "Artifacts";
    pub const VARIABLES: &str = "Variables";
    pub const FIT: &str = "Fit";
    pub fn density(density: crate::page::layout::line::Density) -> &'static str {
        match density {
            crate::page::layout::line::Density::Full => "Full",
            crate::page::layout::line::Density::Compact => "Compact",
            crate::page::layout::line::Density::Dots => "Dots",
        }
    }
    pub const LANE_ORDER: &str = "Order of the lanes";
    pub fn lane_order(order: crate::page::state::picture::LaneOrder) -> &'static str {
        match order {
            crate::page::state::picture::LaneOrder::Start => "By start",
            crate::page::state::picture::LaneOrder::State => "By state",
            crate::page::state::picture::LaneOrder::Place => "By place",
        }
    }
    pub fn following(letter: &str) -> String {
        format!("Following {letter}")
    }
    pub fn follow(letter: &str) -> String {
        format!("Follow {letter}")
    }
    pub fn follow_no_more(letter: &str) -> String {
        format!("Stop following {letter}")
    }
    pub fn more(count: usize) -> String {
        format!("+{count}")
    }
    pub fn strip_block(stage: &str, count: usize) -> String {
        match count {
            0 => stage.to_owned(),
            1 => format!("{stage}, 1 execution"),
            _ => format!("{stage}, {count} executions"),
        }
    }
    pub fn why_check(caption: &str) -> String {
        format!("why? Check {caption}")
    }
    pub fn checks(caption: &str, count: usize) -> String {
        match count {
            1 => format!("{caption}: 1 check"),
            _ => format!("{caption}: {count} checks"),
        }
    }
    pub fn label(pipeline: &str) -> String {
        format!("Pipeline {pipeline}")
    }
    pub fn run_order(number: u32) -> String {
        format!("run order {number}")
    }
    pub fn at_once(number: u32) -> String {
        format!("run order {number}, at once")
    }
    pub fn gone(letter: &str, line: &str) -> String {
        format!("Execution {letter} {line}")
    }
    pub fn execution(letter: &str, short: &str, line: &str) -> String {
        format!("Execution {letter}, {short}, {line}")
    }
}

pub mod empty {
    pub const TITLE: &str = "No pipeline in this world yet";
    pub const BEFORE: &str = "Open a world that shows one idea, or paste the JSON of ";
    pub const CALL: &str = "aws codepipeline get-pipeline";
    pub const AFTER: &str = ". It runs here, on a clock you drive.";
}

pub mod why {
    pub const LABEL: &str = "Why?";
    pub const CLOSE: &str = "Close";
}

pub mod approval {
    pub const COMMENT: &str = "Your comment";
    pub const COMMENT_HELP: &str = "at most 512 characters";
    pub const APPROVE: &str = "Approve";
    pub const REJECT: &str = "Reject";
    pub const LINK: &str = "Page to review";
    pub fn ended(action: &str, word: &str) -> String {
        format!("Meanwhile {action} ended: {word}. What you wrote stays here until you close this.")
    }
    pub fn over(action: &str) -> String {
        format!("{action} waits no more. What you wrote stays here until you close this.")
    }
    pub fn title(action: &str, stage: &str) -> String {
        format!("{action} in {stage}")
    }
}

pub mod clock {
    pub const LABEL: &str = "Clock";
    pub const PLAY: &str = "Play the clock";
    pub const PAUSE: &str = "Pause the clock";
    /// In place of the date, where there is no room for the sentence.
    pub const RESTS: &str = "nothing under way";
    pub const NEXT_FACT: &str = "Next fact";
    pub const SPEED: &str = "Speed";
    pub const NEXT: &str = "Next:";
    pub const JUMP: &str = "Jump to";
    pub const MINUTE: &str = "1 minute later";
    pub const HOUR: &str = "1 hour later";
    pub const DAY: &str = "1 day later";
    pub const IDLE: &str = "When nothing is under way";
    pub const MORE: &str = "Speed and jumps";
    pub const CANCEL: &str = "Cancel";
    pub const CANCEL_NOTE: &str = "Cancelling keeps everything up to the moment shown.";
    pub fn going(target: &str) -> String {
        format!("Going to {target}")
    }
}

pub mod details {
    pub const TITLE: &str = "Details";
    pub const NOTHING: &str = "none";
    pub fn tab(tab: crate::page::view::DetailsTab) -> &'static str {
        use crate::page::view::DetailsTab;
        match tab {
            DetailsTab::Overview => "Overview",
            DetailsTab::History => "History",
            DetailsTab::Variables => "Variables",
            DetailsTab::Artifacts => "Artifacts",
            DetailsTab::Json => "JSON",
        }
    }
    pub const EMPTY: &str = "Press a stage, an action or an execution to see all about it.";
    pub const PATH: &str = "Way through the stages";
    pub const COPY: &str = "Copy";
    pub const COPIED: &str = "Copied";
    pub const BEHAVIOUR: &str = "When its time comes";
    pub const YOUR_TURN: &str = "It waits for your decision.";
    pub const LET_SUCCEED: &str = "Let it succeed";
    pub const LET_FAIL: &str = "Let it fail";
}

pub mod behaviour {
    pub const SUCCEED: &str = "Succeed";
    pub const FAIL: &str = "Fail";
    pub const HOLD: &str = "Hold";
    pub const HANG: &str = "Hang";
    pub const HOLD_NOTE: &str = "It will wait for your decision.";
    pub const HANG_NOTE: &str = "It will never answer; only its timeout ends it.";
}

pub mod tabs {
    pub const LABEL: &str = "Panes";
    pub const PICTURE: &str = "Picture";
    pub const TIMELINE: &str = "Timeline";
    pub const DOCK: &str = "Timeline or facts";
    pub const JOBS: &str = "Jobs";
    pub const WORKERS: &str = "Workers";
    pub const PLAY: &str = "Play";
    pub const FACTS: &str = "Facts";
    pub const DETAILS: &str = "Details";
}

pub mod import {
    pub const TITLE: &str = "Import a pipeline";
    pub const FIELD: &str = "JSON of a pipeline";
    pub const HELP: &str =
        "Paste it, drop a file here, or choose one. Nothing changes until you import.";
    pub const PLACEHOLDER: &str = "{ \"pipeline\": { \"name\": … } }";
    pub const CHOOSE_FILE: &str = "Choose a file…";
    pub const CANCEL: &str = "Cancel";
    pub const CLOSE: &str = "Close";
    pub const SAMPLES: &str = "Or open a sample";
    pub const FOUND: &str = "Found";
    pub const ERRORS: &str = "What is wrong";
    pub const DROP: &str = "Let go to read the file";
}

pub mod delete {
    pub const TITLE: &str = "Delete the pipeline?";
    pub const CANCEL: &str = "Keep it";
    pub const CONFIRM: &str = "Delete";
    pub fn text(pipeline: &str) -> String {
        format!(
            "{pipeline} goes with its executions. What runs ends at once. Save the world as a file first if you may want it back."
        )
    }
}

pub mod form {
    pub const REQUIRED: &str = "required";
    pub const EFFECTS: &str = "What happens";
    pub const CANCEL: &str = "Cancel";
    pub const CLOSE: &str = "Close";
    pub fn calls(name: &str) -> String {
        format!("calls {name}")
    }
}

pub mod offers {
    pub const LABEL: &str = "What can be done";
    pub const NOT_NOW: &str = "Not now";
    pub fn not_now(names: &str) -> String {
        format!("Not now: {names}")
    }
}

pub mod keys {
    pub const TITLE: &str = "Keys";
    pub const CLOSE: &str = "Close";
    pub const NOTE: &str = "None of them but Ctrl K acts while you type. Single keys can be switched off in the settings.";
    pub const OPENER: &str = "?";
    /// Keys and what they do.
    pub const LIST: &[(&[&str], &str)] = &[
        (&["S"], "Start execution"),
        (&["P"], "Push a commit"),
        (&["G"], "Close or open a gate"),
        (&["R"], "Retry a stage"),
        (&["Space"], "Play or pause the clock"),
        (&["."], "Next fact"),
        (&["-", "="], "Slower, faster"),
        (&["←", "→", "↑", "↓"], "Move along the picture"),
        (
            &["Enter"],
            "Open what is under the ring; follow the chosen execution",
        ),
        (&["Shift", "←", "→", "↑", "↓"], "Move the picture itself"),
        (&["F"], "Fit the picture"),
        (&["A"], "Artifacts under the line"),
        (&["V"], "Variables under the line"),
        (&["W"], "Why is it there?"),
        (&["1–9"], "Choose an execution"),
        (&["E"], "Edit, and back to the picture"),
        (&["J"], "Jobs and workers, and back to the picture"),
        (&["Alt", "←", "→", "↑", "↓"], "While editing: move it"),
        (&["Ctrl", "Z"], "While editing: undo; with Shift, redo"),
        (&["I"], "Import"),
        (
            &["T"],
            "To the timeline: + and - zoom there, Shift and an arrow move",
        ),
        (&["0"], "Fit the timeline"),
        (&["O"], "Worlds"),
        (&["Ctrl", "K"], "All commands, operations and places"),
        (&["Shift", "P"], "Larger, for a projector, and back"),
        (&["[", "]"], "Lower or higher dock"),
        (&["Esc"], "Close, then choose nothing"),
        (&["?"], "These keys"),
    ];
}
