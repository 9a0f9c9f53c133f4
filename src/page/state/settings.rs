//! How a person wants the page, whatever world is shown: remembered by the browser, for all its tabs.

/// How a person wants the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Light or dark.
    pub theme: Theme,
    /// Whether things move.
    pub motion: Motion,
    /// Whether single keys, without Ctrl or Alt, do something.
    pub letters: bool,
    /// For a projector: larger, and without facts and details.
    pub projector: bool,
}

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the system.
    #[default]
    System,
    /// Light ones.
    Light,
    /// Dark ones.
    Dark,
}

/// What moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// What the system says.
    #[default]
    System,
    /// Nothing.
    Reduced,
    /// What there is to move.
    Full,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            motion: Motion::System,
            letters: true,
            projector: false,
        }
    }
}

impl Theme {
    /// As it is written, in a text and as an attribute; empty for the system's.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Motion {
    /// As it is written, in a text and as an attribute; empty for the system's.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Reduced => "reduced",
            Self::Full => "full",
        }
    }
}

impl Settings {
    /// As a text to remember: words, in any order.
    #[must_use]
    pub fn written(self) -> String {
        let words = [
            self.theme.word(),
            self.motion.word(),
            if self.letters { "" } else { "no-letters" },
            if self.projector { "projector" } else { "" },
        ];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }

    /// What such a text says. Words that nobody knows say nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut settings = Self::default();
        for word in text.split(' ') {
            match word {
                "light" => settings.theme = Theme::Light,
                "dark" => settings.theme = Theme::Dark,
                "reduced" => settings.motion = Motion::Reduced,
                "full" => settings.motion = Motion::Full,
                "no-letters" => settings.letters = false,
                "projector" => settings.projector = true,
                _ => {}
            }
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for theme in [Theme::System, Theme::Light, Theme::Dark] {
            for motion in [Motion::System, Motion::Reduced, Motion::Full] {
                for (letters, projector) in [(true, false), (false, true)] {
                    let settings = Settings {
                        theme,
                        motion,
                        letters,
                        projector,
                    };
                    assert_eq!(Settings::read(&settings.written()), settings);
                }
            }
        }
        assert_eq!(Settings::read("of another build"), Settings::default());
    }
}
