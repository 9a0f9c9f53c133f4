//! What is drawn on: text is escaped, signs are remembered, and the file is put together at the end.

use std::{collections::BTreeSet, fmt::Write};

use super::{colour, style};
use crate::page::{layout, signs, view::Token};

/// Where a text stands against its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
}

/// How a box is drawn.
pub(super) struct Frame<'a> {
    pub fill: &'a str,
    pub stroke: &'a str,
    pub width: f64,
    pub radius: f64,
    pub dashed: bool,
}

/// A drawing under way.
#[derive(Default)]
pub(super) struct Canvas {
    body: String,
    signs: BTreeSet<&'static str>,
}

impl Canvas {
    pub(super) fn path(&mut self, path: &str, class: &str) {
        let _ = write!(self.body, r#"<path class="{class}" d="{path}"/>"#);
    }

    /// A filled shape in the colour of a token.
    pub(super) fn shape(&mut self, path: &str, token: &str) {
        let _ = write!(self.body, r#"<path fill="{}" d="{path}"/>"#, colour(token));
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, frame: &Frame) {
        let dashes = if frame.dashed {
            r#" stroke-dasharray="4 4""#
        } else {
            ""
        };
        let (fill, stroke) = (colour(frame.fill), colour(frame.stroke));
        let _ = write!(
            self.body,
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{}" fill="{fill}" stroke="{stroke}" stroke-width="{}"{dashes}/>"#,
            frame.radius, frame.width
        );
    }

    pub(super) fn circle(&mut self, x: f64, y: f64, radius: f64, frame: &Frame) {
        let dashes = if frame.dashed {
            r#" stroke-dasharray="4 4""#
        } else {
            ""
        };
        let (fill, stroke) = (colour(frame.fill), colour(frame.stroke));
        let _ = write!(
            self.body,
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{stroke}" stroke-width="{}"{dashes}/>"#,
            frame.width
        );
    }

    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
        };
        let _ = write!(
            self.body,
            r#"<text x="{x}" y="{y}" class="{class}"{anchor}>{}</text>"#,
            escape(text)
        );
    }

    /// A text in lines of at most this width, from `y` down; answers where the next line would stand.
    pub(super) fn lines(&mut self, x: f64, y: f64, width: f64, class: &str, text: &str) -> f64 {
        let mut y = y;
        for line in wrap(text, width) {
            self.text(x, y, Anchor::Middle, class, &line);
            y += 15.0;
        }
        y
    }

    /// An icon in the colour of a role, 16 wide where its size is 1.
    pub(super) fn icon(&mut self, sign: &'static str, x: f64, y: f64, size: f64, class: &str) {
        self.signs.insert(sign.trim_start_matches('#'));
        let _ = write!(
            self.body,
            r#"<use href="{sign}" class="icon {class}" x="{x}" y="{y}" width="{size}" height="{size}"/>"#
        );
    }

    /// An execution's sign with its middle here, 32 wide where its scale is 1.
    pub(super) fn token(&mut self, token: &Token, x: f64, y: f64, scale: f64) {
        let shape = signs::shape(token);
        self.signs.insert(shape.trim_start_matches('#'));
        let own = colour(signs::colour(token));
        let body = if token.ghost {
            format!(
                r#"fill="{}" stroke="{own}" stroke-width="2.5" stroke-dasharray="4 3""#,
                colour("raised")
            )
        } else {
            format!(r#"fill="{own}""#)
        };
        let letter = if token.ghost {
            own
        } else {
            colour("id-letter")
        };
        let size = if token.letter.chars().count() > 1 {
            13
        } else {
            17
        };
        let _ = write!(
            self.body,
            r#"<g transform="translate({x} {y}) scale({scale})">"#
        );
        if token.rollback {
            let _ = write!(
                self.body,
                r#"<use href="{shape}" x="-20.8" y="-20.8" width="41.6" height="41.6" fill="none" stroke="{own}" stroke-width="1.5"/>"#
            );
        }
        let _ = write!(
            self.body,
            r#"<use href="{shape}" x="-16" y="-16" width="32" height="32" {body}/><text y="6" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="{size}" fill="{letter}">{}</text></g>"#,
            escape(&token.letter)
        );
    }

    /// The whole file.
    pub(super) fn finish(self, width: f64, height: f64, title: &str, sprite: &str) -> String {
        let mut signs = String::new();
        for sign in &self.signs {
            signs.push_str(symbol(sprite, sign).unwrap_or_default());
        }
        let paper = colour("paper");
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"><title>{}</title><style>{}</style><defs>{signs}</defs><rect width="{width}" height="{height}" fill="{paper}"/>{}</svg>"#,
            escape(title),
            style(),
            self.body
        )
    }
}

/// The element of a sign in the sprite.
fn symbol<'a>(sprite: &'a str, id: &str) -> Option<&'a str> {
    const END: &str = "</symbol>";
    let begin = sprite.find(&format!("<symbol id=\"{id}\""))?;
    let rest = sprite.get(begin..)?;
    rest.get(..rest.find(END)? + END.len())
}

/// Text as text: whatever it says, it is no markup. XML has no place for control characters, so they are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push(' ')
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// How wide a text is in 12 px: the arithmetic of the tiles is for 13 px semibold.
fn width_of(text: &str) -> f64 {
    layout::text_width(text) * 0.88
}

/// A text that is cut where it does not fit.
pub(super) fn fit(text: &str, width: f64) -> String {
    if layout::text_width(text) <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    for letter in text.chars() {
        cut.push(letter);
        if layout::text_width(&cut) + 10.0 > width {
            cut.pop();
            break;
        }
    }
    format!("{cut}…")
}

/// A text in lines of at most this width, broken between words; a word that is too long is cut.
fn wrap(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        let word = fit(word, width / 0.88);
        match lines.last_mut() {
            Some(line) if width_of(line) + 4.0 + width_of(&word) <= width => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_no_markup_whatever_it_says() {
        let hostile = "</text><script>alert('&\"')</script>\u{0}";
        let written = escape(hostile);
        assert!(
            !written.contains(['<', '>', '"', '\'', '\u{0}']),
            "{written}"
        );
        assert_eq!(escape("Größe"), "Größe");
    }

    #[test]
    fn lines_are_broken_between_words_and_long_words_are_cut() {
        assert_eq!(wrap("waits 2 min", 76.0), ["waits 2 min"]);
        assert_eq!(
            wrap("superseded by C, 09:57", 76.0),
            ["superseded", "by C, 09:57"]
        );
        let long = wrap("DeployToEveryRegionOfTheWorld", 76.0);
        assert!(long.len() == 1 && long[0].ends_with('…'), "{long:?}");
        assert!(wrap("", 76.0).is_empty());
    }

    #[test]
    fn a_sign_is_found_in_the_sprite() {
        let sprite = "<svg><symbol id=\"a\"><path/></symbol><symbol id=\"b\"/></svg>";
        assert_eq!(
            symbol(sprite, "a"),
            Some("<symbol id=\"a\"><path/></symbol>")
        );
        assert_eq!(symbol(sprite, "c"), None);
    }
}
