//! The committed declarations are the ones the tables give. `BLESS=1` writes them anew.

use codepipeline_simulator::model::typescript::declarations;
use codepipeline_simulator::model::{Kind, OPERATIONS};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/api/operations.d.ts");

#[test]
fn typescript_declarations_are_current() {
    let declarations = declarations();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(PATH, &declarations).expect("the declarations can be written");
    }
    let committed = std::fs::read_to_string(PATH).expect("the declarations are committed");
    assert!(
        committed == declarations,
        "run: BLESS=1 cargo test --test native typescript"
    );
}

#[test]
fn typescript_declares_what_it_names() {
    let declarations = declarations();
    for operation in OPERATIONS {
        assert!(
            declarations.contains(&format!("\n  {}(input", operation.method())),
            "{}",
            operation.name
        );
        for shape in [Some(operation.input), operation.output]
            .into_iter()
            .flatten()
        {
            let Kind::Structure(members) = shape.kind else {
                panic!("{} is no structure", shape.name)
            };
            assert!(declarations.contains(&format!("export interface {} {{", shape.name)));
            for member in members {
                let optional = if member.required { "" } else { "?" };
                assert!(declarations.contains(&format!("  {}{optional}: ", member.name)));
            }
        }
    }
}

#[test]
fn typescript_instants_go_in_as_date_or_seconds_and_come_out_as_date() {
    let declarations = declarations();
    let declares = |name: &str, line: &str| {
        let start = declarations
            .find(&format!("export interface {name} {{"))
            .expect("declared");
        declarations[start..]
            .split("\n}")
            .next()
            .is_some_and(|body| body.contains(line))
    };
    assert!(declares("CurrentRevision", "  created?: Date | number;"));
    assert!(declares("ActionRevision", "  created: Date;"));
    assert!(declares("ActionRevisionInput", "  created: Date | number;"));
    assert!(declares(
        "PutActionRevisionInput",
        "  actionRevision: ActionRevisionInput;"
    ));
    assert!(declares(
        "ActionState",
        "  currentRevision?: ActionRevision;"
    ));
}
