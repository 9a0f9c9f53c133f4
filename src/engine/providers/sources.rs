//! Source actions: they take up what their place holds.

use std::collections::BTreeMap;

use super::{Configuration, Provider, Run, date};
use crate::engine::{
    random::hexadecimal,
    world::{
        pin::{GitOrigin, GitReference},
        source::{Place, Revision},
    },
};
use crate::order::gathered;

fn get(configuration: &Configuration, key: &str) -> String {
    configuration.get(key).cloned().unwrap_or_default()
}

fn variables<const N: usize>(pairs: [(&str, String); N]) -> BTreeMap<String, String> {
    gathered(pairs.map(|(key, value)| (key.to_owned(), value)))
}

/// VA table of §10.4: a commit message is cut at 100 KB.
fn message(revision: &Revision) -> String {
    let mut end = revision.message.len().min(100 * 1024);
    while !revision.message.is_char_boundary(end) {
        end -= 1;
    }
    revision.message.get(..end).unwrap_or_default().to_owned()
}

/// An object in a bucket.
pub struct S3;

impl Provider for S3 {
    fn place(&self, configuration: &Configuration) -> Option<Place> {
        Some(Place::Object {
            bucket: get(configuration, "S3Bucket"),
            key: get(configuration, "S3ObjectKey"),
        })
    }

    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn summary(&self, _run: &Run, revision: Option<&Revision>) -> Option<String> {
        revision.map(|revision| format!("Amazon S3 version id: {}", revision.id))
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "The object {} could not be read from the bucket {}",
            run.value("S3ObjectKey"),
            run.value("S3Bucket")
        )
    }

    fn variables(&self, run: &Run, revision: Option<&Revision>) -> BTreeMap<String, String> {
        let Some(revision) = revision else {
            return BTreeMap::new();
        };
        let etag = hexadecimal(crate::engine::random::digest(&revision.id), 32);
        variables([
            ("BucketName", run.value("S3Bucket").to_owned()),
            ("ETag", etag),
            ("ObjectKey", run.value("S3ObjectKey").to_owned()),
            ("VersionId", revision.id.clone()),
        ])
    }
}

/// A branch in CodeCommit.
pub struct CodeCommit;

impl Provider for CodeCommit {
    fn place(&self, configuration: &Configuration) -> Option<Place> {
        Some(Place::Branch {
            provider: "CodeCommit".to_owned(),
            repository: get(configuration, "RepositoryName"),
            branch: get(configuration, "BranchName"),
        })
    }

    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn summary(&self, _run: &Run, revision: Option<&Revision>) -> Option<String> {
        revision
            .map(|revision| revision.message.clone())
            .filter(|message| !message.is_empty())
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "The branch {} of {} could not be read",
            run.value("BranchName"),
            run.value("RepositoryName")
        )
    }

    fn variables(&self, run: &Run, revision: Option<&Revision>) -> BTreeMap<String, String> {
        let Some(revision) = revision else {
            return BTreeMap::new();
        };
        variables([
            ("AuthorDate", date(revision.created)),
            ("BranchName", run.value("BranchName").to_owned()),
            ("CommitId", revision.id.clone()),
            ("CommitMessage", message(revision)),
            ("CommitterDate", date(revision.created)),
            ("RepositoryName", run.value("RepositoryName").to_owned()),
        ])
    }
}

/// A branch behind a connection.
pub struct Connection;

impl Provider for Connection {
    fn place(&self, configuration: &Configuration) -> Option<Place> {
        Some(Place::Branch {
            provider: "CodeStarSourceConnection".to_owned(),
            repository: get(configuration, "FullRepositoryId"),
            branch: get(configuration, "BranchName"),
        })
    }

    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn summary(&self, run: &Run, revision: Option<&Revision>) -> Option<String> {
        CodeCommit.summary(run, revision)
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "The branch {} of {} could not be read",
            run.value("BranchName"),
            run.value("FullRepositoryId")
        )
    }

    fn variables(&self, run: &Run, revision: Option<&Revision>) -> BTreeMap<String, String> {
        let Some(revision) = revision else {
            return BTreeMap::new();
        };
        let mut all = variables([
            ("AuthorDate", date(revision.created)),
            ("BranchName", run.value("BranchName").to_owned()),
            ("CommitId", revision.id.clone()),
            ("CommitMessage", message(revision)),
            ("ConnectionArn", run.value("ConnectionArn").to_owned()),
            (
                "FullRepositoryName",
                run.value("FullRepositoryId").to_owned(),
            ),
        ]);
        let pin = run.execution.pin(&run.declaration.name);
        if let Some(git) = pin.and_then(|pin| pin.git.as_deref()) {
            all.remove("BranchName");
            all.extend(told_by_git(revision, git));
        }
        all
    }
}

/// What a change that came through a connection adds to the variables: who made it and, in place of the configured
/// branch, what was pushed or asked to be pulled (TG-16).
fn told_by_git(revision: &Revision, git: &GitOrigin) -> BTreeMap<String, String> {
    let mut all = variables([
        ("AuthorDisplayName", revision.author.clone()),
        ("AuthorEmail", git.author_email.clone()),
        ("AuthorId", git.author_id.clone()),
        ("ProviderType", git.host.name().to_owned()),
    ]);
    all.extend(match &git.reference {
        GitReference::Branch { name } => variables([("BranchName", name.clone())]),
        GitReference::Tag { name, branch } => {
            variables([("BranchName", branch.clone()), ("TagName", name.clone())])
        }
        GitReference::PullRequest {
            id,
            title,
            source,
            destination,
        } => variables([
            ("DestinationBranchName", destination.clone()),
            ("PullRequestId", id.clone()),
            ("PullRequestTitle", title.clone()),
            ("SourceBranchName", source.clone()),
        ]),
    });
    all
}

/// A branch on GitHub through the first version of its action.
pub struct GitHub;

impl Provider for GitHub {
    fn place(&self, configuration: &Configuration) -> Option<Place> {
        Some(Place::Branch {
            provider: "GitHub".to_owned(),
            repository: format!(
                "{}/{}",
                get(configuration, "Owner"),
                get(configuration, "Repo")
            ),
            branch: get(configuration, "Branch"),
        })
    }

    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn summary(&self, run: &Run, revision: Option<&Revision>) -> Option<String> {
        CodeCommit.summary(run, revision)
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "The branch {} of {}/{} could not be read",
            run.value("Branch"),
            run.value("Owner"),
            run.value("Repo")
        )
    }

    fn variables(&self, run: &Run, revision: Option<&Revision>) -> BTreeMap<String, String> {
        let Some(revision) = revision else {
            return BTreeMap::new();
        };
        let repository = format!("{}/{}", run.value("Owner"), run.value("Repo"));
        variables([
            ("AuthorDate", date(revision.created)),
            ("BranchName", run.value("Branch").to_owned()),
            ("CommitId", revision.id.clone()),
            ("CommitMessage", message(revision)),
            (
                "CommitUrl",
                format!("https://github.com/{repository}/commit/{}", revision.id),
            ),
            ("CommitterDate", date(revision.created)),
            ("RepositoryName", run.value("Repo").to_owned()),
        ])
    }
}

/// An image tag in ECR.
pub struct Ecr;

impl Provider for Ecr {
    fn place(&self, configuration: &Configuration) -> Option<Place> {
        let tag = configuration
            .get("ImageTag")
            .cloned()
            .unwrap_or_else(|| "latest".to_owned());
        Some(Place::Image {
            repository: get(configuration, "RepositoryName"),
            tag,
        })
    }

    fn external_id(&self, _run: &Run) -> Option<String> {
        None
    }

    fn failure(&self, run: &Run) -> String {
        format!(
            "The image {} could not be read",
            run.value("RepositoryName")
        )
    }

    fn variables(&self, run: &Run, revision: Option<&Revision>) -> BTreeMap<String, String> {
        let Some(revision) = revision else {
            return BTreeMap::new();
        };
        let options = &run.world.options;
        let registry = format!(
            "{}.dkr.ecr.{}.amazonaws.com",
            options.account_id, options.region
        );
        let tag = run
            .configuration
            .get("ImageTag")
            .map_or("latest", String::as_str);
        let overridden = run
            .execution
            .overrides
            .iter()
            .any(|given| given.action_name == run.declaration.name);
        let mut all = variables([
            ("ImageDigest", revision.id.clone()),
            ("ImageTag", tag.to_owned()),
            (
                "ImageURI",
                format!("{registry}/{}@{}", run.value("RepositoryName"), revision.id),
            ),
            ("RegistryId", options.account_id.clone()),
            ("RepositoryName", run.value("RepositoryName").to_owned()),
        ]);
        if overridden {
            all.remove("ImageTag");
        }
        all
    }
}

/// Where a person can look at a revision, for providers that have a public address.
#[must_use]
pub fn revision_url(place: &Place, revision: &Revision) -> Option<String> {
    match place {
        Place::Branch {
            provider,
            repository,
            ..
        } if provider == "GitHub" => Some(format!(
            "https://github.com/{repository}/commit/{}",
            revision.id
        )),
        _ => None,
    }
}
