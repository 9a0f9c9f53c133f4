//! A scenario file: its scenarios and their logical lines, and playing them one after the other.

use std::ops::Range;

use super::{expectation, player::Player};

/// A file.
pub struct Script {
    /// Where it is, from the root of the project.
    pub file: String,
    /// The file's own lines.
    raw: Vec<String>,
    scenarios: Vec<Scenario>,
}

struct Scenario {
    lines: Vec<Line>,
}

/// A command or a checked line, with everything that continues it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its text on one line.
    pub text: String,
    /// The raw lines of the golden story below it.
    block: Range<usize>,
}

/// What came of a file.
#[derive(Default)]
pub struct Played {
    /// Lines that do not hold.
    pub wrong: Vec<String>,
    /// Stories that are told differently now.
    pub other_stories: Vec<String>,
    /// Where in the file each story stands, and what is told now; only where one differs.
    pub stories: Vec<(Range<usize>, Vec<String>)>,
}

fn is_comment(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line == "#" || line.starts_with("# ")
}

impl Script {
    /// Reads a file.
    pub fn read(file: &str, text: &str) -> Result<Self, String> {
        let raw: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut scenarios: Vec<Scenario> = vec![];
        for (index, line) in raw.iter().enumerate() {
            let at = |problem: &str| Err(format!("{file}:{}: {problem}", index + 1));
            if is_comment(line) {
                continue;
            }
            if line.starts_with(' ') {
                let Some(above) = scenarios
                    .last_mut()
                    .and_then(|scenario| scenario.lines.last_mut())
                else {
                    return at("nothing stands above this line that it could continue");
                };
                if above.text.starts_with("story") {
                    above.block.end = index + 1;
                } else {
                    above.text.push(' ');
                    above.text.push_str(line.trim());
                }
                continue;
            }
            if line.starts_with("scenario:") {
                scenarios.push(Scenario { lines: vec![] });
                continue;
            }
            let Some(scenario) = scenarios.last_mut() else {
                return at("a line before the first scenario");
            };
            scenario.lines.push(Line {
                number: index + 1,
                text: line.trim().to_owned(),
                block: index + 1..index + 1,
            });
        }
        Ok(Self {
            file: file.to_owned(),
            raw,
            scenarios,
        })
    }

    /// Every logical line.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.scenarios.iter().flat_map(|scenario| &scenario.lines)
    }

    /// Plays every scenario in a world of its own. A command that is refused ends its scenario; an expectation that
    /// does not hold does not.
    pub fn play(&self) -> Played {
        let mut played = Played::default();
        for scenario in &self.scenarios {
            let mut player = Player::new();
            let mut ended = false;
            for line in &scenario.lines {
                let mut wrong = |problem: &str| {
                    let (file, number, text) = (&self.file, line.number, &line.text);
                    played
                        .wrong
                        .push(format!("{file}:{number}: {text}\n    {problem}"));
                };
                if line.text.starts_with("story") {
                    match expectation::story(&mut player, &line.text) {
                        Err(problem) => wrong(&problem),
                        Ok(told) => self.compare(line, told, &mut played),
                    }
                } else if expectation::is_one(&line.text) {
                    if let Err(problem) = expectation::check(&mut player, &line.text) {
                        wrong(&problem);
                    }
                } else if let Err(problem) = player.perform(&line.text) {
                    wrong(&problem);
                    ended = true;
                    break;
                }
            }
            if !ended && let Err(problem) = player.close() {
                let number = scenario.lines.last().map_or(0, |line| line.number);
                played
                    .wrong
                    .push(format!("{}:{number}: {problem}", self.file));
            }
        }
        played
    }

    fn compare(&self, line: &Line, told: Vec<String>, played: &mut Played) {
        let golden: Vec<&str> = self.raw[line.block.clone()]
            .iter()
            .map(|line| line.trim())
            .filter(|line| !is_comment(line))
            .collect();
        if golden == told {
            return;
        }
        let mut differs = format!(
            "{}:{}: {}\n    is told differently (BLESS=1 rewrites it); now:",
            self.file, line.number, line.text
        );
        for told in &told {
            let mark = if golden.contains(&told.as_str()) {
                " "
            } else {
                "+"
            };
            differs.push_str(&format!("\n  {mark} {told}"));
        }
        for gone in golden
            .iter()
            .filter(|line| !told.contains(&(**line).to_owned()))
        {
            differs.push_str(&format!("\n  - {gone}"));
        }
        played.other_stories.push(differs);
        played.stories.push((line.block.clone(), told));
    }

    /// The file's text with these stories in place of the golden ones.
    pub fn with_stories(&self, stories: &[(Range<usize>, Vec<String>)]) -> String {
        let mut lines = self.raw.clone();
        for (block, told) in stories.iter().rev() {
            let told = told.iter().map(|line| format!("    {line}"));
            lines.splice(block.clone(), told);
        }
        lines.join("\n") + "\n"
    }
}
