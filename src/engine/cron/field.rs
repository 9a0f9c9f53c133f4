//! One field of a cron expression: which of its values it names.

use super::CronError;

/// What may stand in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// As the error names it.
    pub(super) name: &'static str,
    pub(super) min: u32,
    pub(super) max: u32,
    /// Names for values, the first for `min`; none where the field has none.
    names: &'static [&'static str],
    /// Whether a range may run over the end and on from the start, as `22-2` for the hours around midnight.
    wraps: bool,
}

pub(super) const MINUTES: Field = Field::new("minutes", 0, 59);
pub(super) const HOURS: Field = Field::new("hours", 0, 23);
pub(super) const DAY_OF_MONTH: Field = Field::new("day-of-month", 1, 31);
pub(super) const MONTH: Field = Field {
    names: &[
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ],
    ..Field::new("month", 1, 12)
};
pub(super) const DAY_OF_WEEK: Field = Field {
    names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    ..Field::new("day-of-week", 1, 7)
};
pub(super) const YEAR: Field = Field {
    wraps: false,
    ..Field::new("year", 1970, 2199)
};

/// A set of values of a field: a bit each, the lowest for the field's smallest value. The years are the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Values {
    min: u32,
    bits: [u64; 4],
}

impl Values {
    const fn none(field: &Field) -> Self {
        Self {
            min: field.min,
            bits: [0; 4],
        }
    }

    /// Every value of a field.
    pub(super) fn all(field: &Field) -> Self {
        let mut all = Self::none(field);
        (field.min..=field.max).for_each(|value| all.add(value));
        all
    }

    fn add(&mut self, value: u32) {
        let bit = value.saturating_sub(self.min);
        if let Some(word) = self.bits.get_mut(bit as usize / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    pub(super) fn contains(&self, value: u32) -> bool {
        let Some(bit) = value.checked_sub(self.min) else {
            return false;
        };
        self.bits
            .get(bit as usize / 64)
            .is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

impl Field {
    const fn new(name: &'static str, min: u32, max: u32) -> Self {
        Self {
            name,
            min,
            max,
            names: &[],
            wraps: true,
        }
    }

    pub(super) fn error(&self, text: &str, problem: impl Into<String>) -> CronError {
        CronError {
            field: Some(self.name),
            text: text.to_owned(),
            problem: problem.into(),
        }
    }

    /// Reads a list of values, ranges and steps.
    pub(super) fn values(&self, text: &str) -> Result<Values, CronError> {
        let mut values = Values::none(self);
        for item in text.split(',') {
            self.item(item, &mut values)
                .map_err(|problem| self.error(text, problem))?;
        }
        Ok(values)
    }

    /// One member of the list: `*`, `5`, `MON-FRI`, `*/15`, `5/15`, `10-40/5`.
    fn item(&self, item: &str, values: &mut Values) -> Result<(), String> {
        let (base, step) = match item.split_once('/') {
            Some((base, step)) => (base, Some(self.step(step)?)),
            None => (item, None),
        };
        let (from, to) = match (base, base.split_once('-')) {
            ("*", _) => (self.min, self.max),
            // `/15` is short for `*/15`.
            ("", _) if step.is_some() => (self.min, self.max),
            (_, Some((from, to))) => (self.value(from)?, self.value(to)?),
            (_, None) => {
                let from = self.value(base)?;
                (from, if step.is_some() { self.max } else { from })
            }
        };
        if from > to && !self.wraps {
            return Err(format!("the range {base} ends before it starts"));
        }
        let size = self.max - self.min + 1;
        let end = if from > to { to + size } else { to };
        for value in (from..=end).step_by(step.unwrap_or(1) as usize) {
            values.add(if value > self.max {
                value - size
            } else {
                value
            });
        }
        Ok(())
    }

    fn step(&self, text: &str) -> Result<u32, String> {
        match number(text) {
            None => Err(format!("'{text}' is not a step")),
            Some(0) => Err("a step of 0 leads nowhere".to_owned()),
            Some(step) if step > self.max => {
                Err(format!("a step of {step} leads beyond {}", self.max))
            }
            Some(step) => Ok(step),
        }
    }

    /// A number of the field's range, or one of its names in whatever capitals.
    pub(super) fn value(&self, text: &str) -> Result<u32, String> {
        let (min, max) = (self.min, self.max);
        if let Some(value) = number(text) {
            return if (min..=max).contains(&value) {
                Ok(value)
            } else {
                Err(format!("{value} is not between {min} and {max}"))
            };
        }
        (min..)
            .zip(self.names)
            .find(|(_, name)| name.eq_ignore_ascii_case(text))
            .map(|(value, _)| value)
            .ok_or_else(|| match (text, self.names) {
                ("", _) => "a value is missing".to_owned(),
                (_, []) => format!("'{text}' is not a number from {min} to {max}"),
                (_, [first, .., last]) | (_, [first @ last]) => {
                    format!("'{text}' is neither a number from {min} to {max} nor a name from {first} to {last}")
                }
            })
    }
}

/// A number of at most four digits, without sign.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}
