//! References in texts, and tags.

use codepipeline_simulator::engine::declaration::{self as declaration, references};
use codepipeline_simulator::model::Tag;

#[test]
fn va_1_references_are_found_in_texts() {
    let found = |text: &str| -> Vec<(String, String, String)> {
        references(text)
            .map(|one| {
                let whole = text.get(one.range.clone()).expect("a range of the text");
                assert_eq!(whole, format!("#{{{}}}", one.text));
                (
                    whole.to_owned(),
                    one.namespace.to_owned(),
                    one.key.to_owned(),
                )
            })
            .collect()
    };
    let one = |whole: &str, namespace: &str, key: &str| {
        (whole.to_owned(), namespace.to_owned(), key.to_owned())
    };
    assert_eq!(found("plain"), []);
    assert_eq!(found("#{a.b}"), [one("#{a.b}", "a", "b")]);
    assert_eq!(
        found("é#{a.b}-#{c-1.d_2}"),
        [one("#{a.b}", "a", "b"), one("#{c-1.d_2}", "c-1", "d_2")]
    );
    assert_eq!(found("#{a}"), [one("#{a}", "a", "")], "no key");
    assert_eq!(
        found("#{a.b.c}"),
        [one("#{a.b.c}", "a", "b.c")],
        "the first period counts"
    );
    assert_eq!(
        found("#{#{a.b}"),
        [one("#{a.b}", "a", "b")],
        "the inner one counts"
    );
    for text in [
        "#{}",
        "#{a.b",
        "#{ a.b }",
        "#{\"a.b\"}",
        "${a.b}",
        "#",
        "#{",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

fn tag(key: &str, value: &str) -> Tag {
    Tag {
        key: key.to_owned(),
        value: value.to_owned(),
    }
}

#[test]
fn qt_43_tags() {
    let refused = |tags: &[Tag]| {
        declaration::check_tags(tags)
            .err()
            .map(|error| (error.code.name(), error.message))
    };
    let invalid = |message: &str| Some(("InvalidTagsException", message.to_owned()));
    assert_eq!(refused(&[]), None);
    assert_eq!(
        refused(&[
            tag("Team 1", "a+b-c=d._:/@"),
            tag("équipe", ""),
            tag("awsome", "aws:x")
        ]),
        None
    );
    for key in ["aws:x", "AWS:x", "aWs:"] {
        assert_eq!(
            refused(&[tag("a", "b"), tag(key, "c")]),
            invalid(
                "Not allowed to modify system tags. System tags start with 'aws:'. msg=[Caller is an end user and not allowed \
             to mutate system tags]"
            )
        );
    }
    assert_eq!(
        refused(&[tag("  ", "b")]),
        invalid("The tag key '  ' is not valid")
    );
    assert_eq!(
        refused(&[tag("a ", "b")]),
        invalid("The tag key 'a ' is not valid")
    );
    assert_eq!(
        refused(&[tag("a\u{1F680}", "b")]),
        invalid("The tag key 'a\u{1F680}' is not valid")
    );
    assert_eq!(
        refused(&[tag("a", "b*")]),
        invalid("The value of the tag 'a' is not valid: 'b*'")
    );
    assert_eq!(
        refused(&[tag("a", "b"), tag("a", "c")]),
        invalid("The tag key 'a' is used more than once")
    );
}

#[test]
fn qt_26_the_number_of_tags() {
    assert_eq!(declaration::check_tag_count(50), Ok(()));
    let error = declaration::check_tag_count(51).expect_err("51 are too many");
    assert_eq!(error.code.name(), "TooManyTagsException");
}
