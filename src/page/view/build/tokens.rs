//! An execution as a sign. Letter, shape and colour follow from its number in the pipeline, so that it looks the
//! same wherever and whenever it is drawn.

use crate::{
    engine::ids::{ExecutionId, Key},
    page::view::Token,
};

const LETTERS: u32 = 26;
const SHAPES: u32 = 6;
const COLOURS: u32 = 5;

/// The letter of an execution: A to Z in start order, then A2 to Z2, A3 …
#[must_use]
pub fn letter(number: u32) -> String {
    let place = number.saturating_sub(1);
    let letter = char::from_u32(u32::from('A') + place % LETTERS).unwrap_or('A');
    match place / LETTERS {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

/// The sign of an execution.
#[must_use]
pub fn token(key: Key, id: ExecutionId) -> Token {
    let execution = key.execution(id);
    let place = id.number.saturating_sub(1);
    Token {
        short: execution.chars().take(4).collect(),
        execution,
        letter: letter(id.number),
        shape: (place % SHAPES) as u8,
        colour: (place % COLOURS) as u8,
        ghost: false,
        rollback: false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::engine::ids::PipelineId;

    #[test]
    fn letters_go_from_a_to_z_and_then_count() {
        for (number, expected) in [
            (1, "A"),
            (2, "B"),
            (26, "Z"),
            (27, "A2"),
            (52, "Z2"),
            (53, "A3"),
            (703, "A28"),
        ] {
            assert_eq!(letter(number), expected);
        }
    }

    #[test]
    fn thirty_executions_in_a_row_look_different_without_their_letters() {
        let key = Key::new(1);
        let looks: BTreeSet<(u8, u8)> = (1..=30)
            .map(|number| {
                token(
                    key,
                    ExecutionId {
                        pipeline: PipelineId(0),
                        number,
                    },
                )
            })
            .map(|token| (token.shape, token.colour))
            .collect();
        assert_eq!(looks.len(), 30);
        let first = token(
            key,
            ExecutionId {
                pipeline: PipelineId(0),
                number: 1,
            },
        );
        assert_eq!((first.shape, first.colour, first.short.len()), (0, 0, 4));
        assert!(first.execution.starts_with(&first.short));
    }
}
