//! Changes at the first source of the usual pipeline, in a few words: `commit main src/a.rs`, `tag v1`,
//! `pull request feature/a into main opened`, `upload`. Members in braces say more, or name another place.

use serde_json::{Value, json};

use super::{player::Player, reader};

/// The words that begin one.
pub const VERBS: [&str; 4] = ["commit", "tag", "pull", "upload"];

/// A change as `pushRevision` takes it.
pub fn read(player: &Player, text: &str) -> Result<Value, String> {
    let (text, more) = match text.find('{') {
        Some(at) => (text[..at].trim(), reader::value(&text[at..])?),
        None => (text.trim(), json!({})),
    };
    let mut change = place(player)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let members = match words[..] {
        ["commit", branch] => json!({ "branch": branch }),
        ["commit", branch, ref files @ ..] => json!({ "branch": branch, "files": files }),
        ["tag", tag] => json!({ "tag": tag }),
        [
            "pull",
            "request",
            source,
            "into",
            destination,
            event,
            ref files @ ..,
        ] => {
            let (event, merged) = match event {
                "opened" => ("OPEN", false),
                "updated" => ("UPDATED", false),
                "merged" => ("CLOSED", true),
                "declined" => ("CLOSED", false),
                _ => return Err("a pull request is opened, updated, merged or declined".to_owned()),
            };
            json!({
                "files": files,
                "pullRequest": {
                    "event": event, "merged": merged, "sourceBranch": source, "destinationBranch": destination,
                },
            })
        }
        ["upload"] => json!({}),
        _ => {
            return Err("commit BRANCH, tag NAME, pull request A into B opened, upload".to_owned());
        }
    };
    for said in [members, more] {
        let members = said.as_object().ok_or("members stand in braces")?;
        for (key, value) in members {
            change[key] = value.clone();
        }
    }
    Ok(change)
}

/// Where the first source of the usual pipeline looks.
fn place(player: &Player) -> Result<Value, String> {
    let declaration = player
        .declarations
        .get(&player.usual)
        .ok_or("no pipeline line stands above")?;
    let source = &declaration["stages"][0]["actions"][0];
    let provider = &source["actionTypeId"]["provider"];
    let value = |key: &str| source["configuration"][key].clone();
    Ok(match provider.as_str().unwrap_or_default() {
        "CodeStarSourceConnection" => {
            json!({ "provider": provider, "repository": value("FullRepositoryId") })
        }
        "CodeCommit" => json!({ "provider": provider, "repository": value("RepositoryName") }),
        "GitHub" => {
            let name = |key: &str| value(key).as_str().unwrap_or_default().to_owned();
            let repository = format!("{}/{}", name("Owner"), name("Repo"));
            json!({ "provider": provider, "repository": repository })
        }
        "S3" => {
            json!({ "provider": provider, "bucket": value("S3Bucket"), "key": value("S3ObjectKey") })
        }
        "ECR" => json!({ "provider": provider, "repository": value("RepositoryName") }),
        other => return Err(format!("nothing changes at {other}")),
    })
}
