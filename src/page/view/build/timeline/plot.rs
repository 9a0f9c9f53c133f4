//! Drawing: spans become bars, strips, rows and ticks. Everything is counted from the anchor.

use std::rc::Rc;

use super::{
    axis::length,
    known::{Known, MOST_SEGMENTS, SegmentName, extent, name_of},
    lanes::{Item, Merged, Packed, merge, pack},
    marks,
    spans::{Course, Lane, Part, Span},
    table,
    window::{Frame, count, pitch},
};
use crate::{
    engine::{
        time::{DAY, HOUR, Instant, MINUTE, SECOND},
        world::history::Began,
    },
    page::{
        state::timeline::{By, TimelineUi},
        text::{time as dates, timeline as words},
        view::{
            Selection, Token,
            build::{scene::Scene, time},
            timeline::{Bar, BarKind, End, Fold, Plot, Row, Strip, Tick},
        },
    },
};

/// How many segments one window reads; what is beyond is told by its density.
const READ: usize = MOST_SEGMENTS * 3 / 4;
/// How long a stay may go on after its last action began: an approval's week.
const STAYS: i64 = 7 * DAY;
/// Where the lanes of a stage's row stand in it: top and height.
const FRONT: (f64, f64) = (5.0, 12.0);
const INSIDE: (f64, f64) = (21.0, 22.0);
/// The same in an execution's row.
const EXECUTION_FRONT: (f64, f64) = (9.0, 12.0);
const EXECUTION_INSIDE: (f64, f64) = (3.0, 22.0);
/// How many bars may stand above each other in a lane.
const FLOORS: usize = 3;
/// Room between two ticks.
const TICKS: f64 = 84.0;

/// What is being drawn.
pub struct Drawing<'a> {
    pub scene: &'a Scene<'a>,
    pub frame: &'a Frame,
    pub anchor: f64,
    pub shown: &'a TimelineUi,
    pub rows: (usize, usize),
}

type Told<'a> = (&'a Course, &'a Span);

impl Drawing<'_> {
    /// The places that are drawn: two widths, as the anchor may be a whole one left of the window.
    pub fn reach(&self) -> (f64, f64) {
        (self.anchor, self.anchor + 2.0 * self.frame.width)
    }

    pub fn plot(&self, known: &mut Known) -> Plot {
        let (past, older) = self.past(known);
        let live: Vec<Rc<Course>> = known.live.values().map(Rc::clone).collect();
        let courses: Vec<&Course> = past
            .iter()
            .flat_map(|courses| courses.iter())
            .chain(live.iter().map(|course| &**course))
            .filter(|course| self.touches(course.from, course.to))
            .collect();
        let mut plot = Plot {
            ticks: self.ticks(),
            folds: self.folds(),
            pitch: pitch(self.shown.by),
            height: pitch(self.shown.by)
                * length(i64::try_from(count(self.scene.pipeline, self.shown.by)).unwrap_or(0)),
            empty: self.scene.pipeline.started == 0,
            ..Plot::default()
        };
        self.density(&older, &mut plot);
        match self.shown.by {
            By::Stage => self.by_stage(&courses, &mut plot),
            By::Execution => self.by_execution(known, &mut plot),
            By::Table => table::fill(self, &courses, &mut plot),
        }
        if self.shown.by != By::Table {
            plot.marks = marks::marks(self);
        }
        plot
    }

    /// Whether a stretch is drawn at all.
    pub fn touches(&self, from: i64, to: Option<i64>) -> bool {
        let (left, right) = self.reach();
        let axis = &self.frame.axis;
        to.is_none_or(|to| axis.place(Instant(to)) >= left) && axis.place(Instant(from)) <= right
    }

    /// The past that is seen: what of it was read, and segments that are too many to read. Notes what should be read.
    fn past(&self, known: &mut Known) -> (Vec<Rc<[Course]>>, Vec<Segment>) {
        let (left, right) = self.reach();
        let axis = &self.frame.axis;
        let (from, to) = (axis.instant(left).0, axis.instant(right));
        let history = &self.scene.pipeline.history;
        let (mut read, mut older, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
        let segments = history.begun_before(Began::Actions, to);
        for segment in segments.take_while(|segment| segment.latest_action.0 >= from - STAYS) {
            let name = name_of(segment);
            if read.len() + wanted.len() < READ {
                match known.find(name) {
                    Some(courses) => read.push(courses),
                    None => wanted.push(name),
                }
            } else if segment.latest_action.0 >= from {
                let (began, ended) = extent(segment);
                let count = u64::from(segment.count);
                older.push(Segment {
                    began,
                    ended,
                    count,
                });
            }
        }
        known.wanted = if self.shown.by == By::Execution {
            Vec::new()
        } else {
            wanted
        };
        read.reverse();
        older.reverse();
        (read, older)
    }

    /// How much of the past is not drawn one by one.
    fn density(&self, older: &[Segment], plot: &mut Plot) {
        let mut strips: Vec<Merged> = Vec::new();
        for segment in older {
            let (from, to) = (self.place(segment.began), self.place(segment.ended));
            let item = Item {
                from,
                to,
                open: false,
                failed: false,
                what: (),
            };
            merge(&mut strips, &item);
            if let Some(last) = strips.last_mut() {
                last.count += u32::try_from(segment.count).unwrap_or(u32::MAX) - 1;
            }
        }
        plot.older = strips.iter().map(|strip| drawn(strip, 0.0, 5.0)).collect();
        let count: u64 = older.iter().map(|segment| segment.count).sum();
        plot.older_note = (count > 0).then(|| words::older(count));
    }

    fn by_stage(&self, courses: &[&Course], plot: &mut Plot) {
        let (first, last) = self.rows;
        let stages = self.scene.pipeline.stages.iter().enumerate();
        for (index, stage) in stages.take(last).skip(first) {
            let selected =
                matches!(&self.scene.selection, Selection::Stage(name) if **name == *stage.name);
            plot.rows.push(Row {
                y: self.top(index),
                label: stage.name.to_string(),
                token: None,
                name: stage.name.to_string(),
                selected,
            });
        }
        let mut lanes: Vec<[Vec<Item<Told>>; 2]> =
            (first..last).map(|_| Default::default()).collect();
        for course in courses {
            for span in &course.spans {
                let row = span
                    .stage
                    .map(usize::from)
                    .and_then(|row| row.checked_sub(first));
                let Some(lane) = row.and_then(|row| lanes.get_mut(row)) else {
                    continue;
                };
                if self.touches(span.from, span.to) {
                    let [front, inside] = lane;
                    match span.lane {
                        Lane::Front => front.push(self.item(course, span)),
                        Lane::Inside => inside.push(self.item(course, span)),
                    }
                }
            }
        }
        for (row, [front, inside]) in (first..).zip(lanes) {
            let top = self.top(row);
            self.lay(pack(front, FLOORS), top, Lane::Front, plot);
            self.lay(pack(inside, FLOORS), top, Lane::Inside, plot);
        }
    }

    fn by_execution(&self, known: &mut Known, plot: &mut Plot) {
        let (first, last) = self.rows;
        let pipeline = self.scene.pipeline;
        let mut wanted: Vec<SegmentName> = Vec::new();
        for row in first..last {
            let Some(number) = u32::try_from(row)
                .ok()
                .and_then(|row| pipeline.started.checked_sub(row))
            else {
                continue;
            };
            let top = self.top(row);
            let token = self.scene.token(number);
            let course = match known.live.get(&number) {
                Some(course) => Some(Rc::clone(course)),
                None => self.read_course(known, number, &mut wanted),
            };
            plot.rows.push(Row {
                y: top,
                label: token.short.clone(),
                name: words::execution_row(&token.letter, &token.short),
                selected: self.scene.is_chosen(number),
                token: Some(token),
            });
            let Some(course) = course else { continue };
            let mut lanes: [Vec<Item<Told>>; 2] = Default::default();
            let [front, inside] = &mut lanes;
            for span in &course.spans {
                if self.touches(span.from, span.to) {
                    match span.lane {
                        Lane::Front => front.push(self.item(&course, span)),
                        Lane::Inside => inside.push(self.item(&course, span)),
                    }
                }
            }
            let [front, inside] = lanes;
            self.lay(pack(front, 1), top, Lane::Front, plot);
            self.lay(pack(inside, 1), top, Lane::Inside, plot);
        }
        known.wanted = wanted;
    }

    /// The course of a past execution, if its segment was read; else notes the segment.
    fn read_course(
        &self,
        known: &mut Known,
        number: u32,
        wanted: &mut Vec<SegmentName>,
    ) -> Option<Rc<Course>> {
        let below = self.scene.pipeline.history.below(number.saturating_add(1));
        for segment in below.take_while(|segment| segment.last >= number) {
            let name = name_of(segment);
            match known.find(name) {
                Some(courses) => {
                    let place = courses.binary_search_by_key(&number, |course| course.number);
                    if let Some(course) = place.ok().and_then(|place| courses.get(place)) {
                        return Some(Rc::new(course.clone()));
                    }
                }
                None if !wanted.contains(&name) => wanted.push(name),
                None => {}
            }
        }
        None
    }

    /// Where an instant is, from the anchor, held near what is drawn.
    pub fn place(&self, at: i64) -> f64 {
        let place = self.frame.axis.place(Instant(at)) - self.anchor;
        round(place.clamp(-self.frame.width, 3.0 * self.frame.width))
    }

    fn top(&self, row: usize) -> f64 {
        pitch(self.shown.by) * length(i64::try_from(row).unwrap_or(0))
    }

    /// The middle of a row's lane.
    pub fn middle(&self, row: usize, lane: Lane) -> f64 {
        let (offset, height) = self.stands(lane);
        self.top(row) + offset + height / 2.0
    }

    /// Where a lane stands in its row: top and height.
    fn stands(&self, lane: Lane) -> (f64, f64) {
        match (self.shown.by, lane) {
            (By::Execution, Lane::Front) => EXECUTION_FRONT,
            (By::Execution, Lane::Inside) => EXECUTION_INSIDE,
            (_, Lane::Front) => FRONT,
            (_, Lane::Inside) => INSIDE,
        }
    }

    fn item<'c>(&self, course: &'c Course, span: &'c Span) -> Item<Told<'c>> {
        let to = span.to.unwrap_or(self.scene.now.0);
        Item {
            from: self.place(span.from),
            to: self.place(to),
            open: span.to.is_none(),
            failed: span.kind == BarKind::Fail,
            what: (course, span),
        }
    }

    /// A packed lane as bars and strips.
    fn lay(&self, packed: Packed<Told>, top: f64, lane: Lane, plot: &mut Plot) {
        let (offset, height) = self.stands(lane);
        let strips = packed.strips.iter();
        plot.strips.extend(strips.map(|strip| Strip {
            front: lane == Lane::Front,
            ..drawn(strip, top + offset, height)
        }));
        let floors = length(i64::try_from(packed.floors).unwrap_or(1));
        let each = round((height - (floors - 1.0)) / floors);
        for (item, floor, next) in packed.bars {
            let floor = length(i64::try_from(floor).unwrap_or(0));
            let y = round(top + offset + floor * (each + 1.0));
            plot.bars.push(self.bar(&item, (y, each, next)));
        }
    }

    fn bar(&self, item: &Item<Told>, (y, height, next): (f64, f64, f64)) -> Bar {
        let (course, span) = item.what;
        let named = self.shown.by == By::Execution;
        let token = self.scene.token(course.number);
        let end = match span.to {
            Some(_) => End::At(item.to),
            None => End::Now,
        };
        let width = item.to - item.from;
        let inside = span.lane == Lane::Inside;
        let sign = match (inside, item.open) {
            _ if named || height < 10.0 => None,
            (false, open) if width >= 16.0 || open => Some(item.from - 2.0),
            (true, open) if width >= 22.0 || open => Some(item.from + 1.0),
            // Beside a short bar, where nobody follows at once.
            _ => (next >= item.to + 24.0).then_some(item.to + 2.0),
        };
        let asked = span
            .parts
            .iter()
            .any(|(_, to, kind)| to.is_none() && *kind == BarKind::Person);
        let kind = if asked { BarKind::Person } else { span.kind };
        let text = if named && inside {
            (width >= 30.0 || item.open).then(|| self.stage(course, span))
        } else {
            (inside && asked && height >= 14.0).then(|| words::WAITS_FOR_A_PERSON.to_owned())
        };
        Bar {
            sign,
            text,
            parts: span.parts.iter().map(|part| self.part(part)).collect(),
            label: self.label(&token, course, span, kind),
            x: item.from,
            end,
            y,
            height,
            kind: span.kind,
            stop: span.left,
            selected: self.scene.is_chosen(course.number),
            token,
        }
    }

    fn part(&self, (from, to, kind): &Part) -> (f64, End, BarKind) {
        let end = to.map_or(End::Now, |to| End::At(self.place(to)));
        (self.place(*from), end, *kind)
    }

    /// The stage's name as the execution knows it.
    pub fn stage(&self, course: &Course, span: &Span) -> String {
        let plan = self.scene.pipeline.plan(course.version);
        let stages = &plan.declaration.stages;
        let stage = stages.get(usize::from(span.declared));
        stage.map(|stage| stage.name.clone()).unwrap_or_default()
    }

    fn label(&self, token: &Token, course: &Course, span: &Span, kind: BarKind) -> String {
        let stage = self.stage(course, span);
        let stamp = |at: i64| time::stamp(Instant(at), self.scene.now);
        let (what, from) = (words::what(kind), stamp(span.from));
        match span.to {
            None => words::open_bar(&token.letter, &stage, what, &from),
            Some(to) if span.left => {
                words::left_bar(&token.letter, &stage, what, &from, &stamp(to))
            }
            Some(to) => words::bar(&token.letter, &stage, what, &from, &stamp(to)),
        }
    }

    fn folds(&self) -> Vec<Fold> {
        let (left, right) = self.reach();
        let folds = self.frame.axis.folds_in(left, right);
        folds
            .map(|fold| Fold {
                x: round(fold.place - self.anchor),
                label: time::rough(fold.to - fold.from),
            })
            .collect()
    }

    fn ticks(&self) -> Vec<Tick> {
        let axis = &self.frame.axis;
        let (left, right) = self.reach();
        let step = step(axis.scale());
        let mut ticks = Vec::new();
        let mut day = None;
        let mut last = f64::NEG_INFINITY;
        let mut at = up(axis.instant(left).0, step);
        // As many as have room, and one for each fold: never more.
        let most = 4.0 * self.frame.width / TICKS * 4.0 + 64.0;
        while axis.place(Instant(at)) <= right
            && length(i64::try_from(ticks.len()).unwrap_or(0)) < most
        {
            if let Some(fold) = axis.fold_at(at) {
                let behind = up(fold.to, step);
                at = if behind > at { behind } else { at + step };
                continue;
            }
            let place = axis.place(Instant(at));
            if place - last >= TICKS * 0.75 {
                let today = at.div_euclid(DAY);
                let label = tick(
                    Instant(at),
                    step,
                    day.unwrap_or(self.scene.now.0.div_euclid(DAY)),
                );
                let x = round(place - self.anchor);
                ticks.push(Tick { x, label });
                (day, last) = (Some(today), place);
            }
            at += step;
        }
        ticks
    }
}

/// Executions that are not drawn one by one.
struct Segment {
    began: i64,
    ended: i64,
    count: u64,
}

fn drawn(strip: &Merged, y: f64, height: f64) -> Strip {
    Strip {
        x: round(strip.from),
        width: round(strip.to - strip.from),
        y,
        height,
        level: strip.level(),
        failed: strip.failed,
        front: false,
    }
}

/// To a tenth of a unit: what cannot be seen shall not make a difference.
fn round(place: f64) -> f64 {
    (place * 10.0).round() / 10.0
}

fn up(at: i64, step: i64) -> i64 {
    at.div_euclid(step) * step + if at.rem_euclid(step) == 0 { 0 } else { step }
}

/// The span between two ticks at a scale.
fn step(scale: f64) -> i64 {
    const STEPS: [i64; 20] = [
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        20 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        4 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        30 * DAY,
    ];
    let wide = |step: &i64| length(*step) / scale >= TICKS;
    let found = STEPS.into_iter().find(wide);
    found.unwrap_or_else(|| {
        let mut step = 60 * DAY;
        while !wide(&step) && step < 4_000 * DAY {
            step *= 2;
        }
        step
    })
}

/// What stands at a tick: the clock, and the day where it is another than before.
fn tick(at: Instant, step: i64, day_before: i64) -> String {
    let civil = at.civil();
    let month = dates::month(civil.month);
    let today = at.0.div_euclid(DAY);
    if step >= DAY {
        dates::day_alone(civil.day, month)
    } else if today != day_before {
        dates::short_day(civil.day, month, &time::clock(at))
    } else if step < MINUTE {
        time::clock_seconds(at)
    } else {
        time::clock(at)
    }
}
