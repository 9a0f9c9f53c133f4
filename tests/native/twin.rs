//! The same seed and commands give the same bytes natively and in wasm: the browser test `api` runs the same script and
//! compares with the same file.

#[path = "../twin/script.rs"]
mod script;

#[test]
fn the_same_seed_and_commands_give_the_same_world_everywhere() {
    let text = script::journal();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/twin.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &text).expect("the file is written");
    }
    let known = std::fs::read_to_string(path).expect("tests/twin.txt");
    let different = text
        .lines()
        .zip(known.lines())
        .position(|(now, then)| now != then);
    assert!(
        text == known,
        "the journals differ, first in line {:?}; BLESS=1 writes the file anew",
        different.map(|line| line + 1)
    );
}
