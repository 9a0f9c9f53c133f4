//! What a rule's number is: the number of a rule in a list, and how that rule is known. It stands beside the rule's sentence.

/// "Rule SU-1. AWS documents it." `known` is how it is known, as the list of rules has it.
#[must_use]
pub fn source(id: &str, known: &str) -> String {
    let mut said = format!("Rule {id}.");
    for word in known.split('+') {
        said.push(' ');
        said.push_str(match word {
            "documented" => "AWS documents it.",
            "observed" => "The real service was seen to do it.",
            "inferred" => "It follows from what is known of the service.",
            _ => "Where AWS says nothing, we chose.",
        });
    }
    said
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_number_is_explained_in_whole_sentences() {
        assert_eq!(
            source("SU-1", "documented+choice"),
            "Rule SU-1. AWS documents it. Where AWS says nothing, we chose."
        );
    }
}
