//! Names as the clients spell them: `StartPipelineExecution` is `start-pipeline-execution` on the command line and
//! `start_pipeline_execution` in Python.

/// `pipelineExecutionId` as `pipeline-execution-id`.
#[must_use]
pub fn kebab(name: &str) -> String {
    split(name, '-')
}

/// `StartPipelineExecution` as `start_pipeline_execution`.
#[must_use]
pub fn snake(name: &str) -> String {
    split(name, '_')
}

/// A word begins at a capital letter that follows a small one or a digit, or that a small one follows.
fn split(name: &str, between: char) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut text = String::with_capacity(name.len() + 6);
    let mut before: Option<char> = None;
    for (place, letter) in letters.iter().enumerate() {
        let next_small = letters.get(place + 1).is_some_and(char::is_ascii_lowercase);
        let after_small =
            before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit());
        let begins = letter.is_ascii_uppercase() && (next_small || after_small);
        if begins && before.is_some_and(|before| before != between) {
            text.push(between);
        }
        text.push(letter.to_ascii_lowercase());
        before = Some(*letter);
    }
    text
}
