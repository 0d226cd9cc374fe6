//! Bars over time: how many documents an edition has of each month, year, decade or century.

use super::chronology::Place;
use crate::model::chronology::{Slot, year_name};
use crate::model::view::{BarView, CountLink, MarkView, PictureView};
use std::collections::BTreeMap;

/// Size of the drawing: fine enough for whole numbers.
const WIDTH: i64 = 7200;
const HEIGHT: i64 = 1400;

/// The least height of a bar, so that one document can be seen beside thousands.
const LEAST: i64 = 30;

/// Up to how many years a picture counts by months, by years, by decades.
const BY_MONTH: i64 = 12;
const BY_YEAR: i64 = 150;
const BY_DECADE: i64 = 1500;

/// What one bar stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A month.
    Month,
    /// So many years.
    Years(i64),
}

impl Unit {
    /// The unit for a span of years: short spans by months, long ones by years, decades or centuries.
    pub fn of(years: i64) -> Unit {
        match years {
            _ if years <= BY_MONTH => Unit::Month,
            _ if years <= BY_YEAR => Unit::Years(1),
            _ if years <= BY_DECADE => Unit::Years(10),
            _ => Unit::Years(100),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Unit::Month => "month",
            Unit::Years(1) => "year",
            Unit::Years(10) => "decade",
            Unit::Years(_) => "century",
        }
    }
}

/// The picture of how many documents stand at each slot; none where there is nothing to compare.
pub fn picture(slots: &BTreeMap<(i32, Option<u8>), usize>, place: &Place<'_>) -> Option<PictureView> {
    let (&(first, _), &(last, _)) = (slots.keys().next()?, slots.keys().next_back()?);
    let unit = Unit::of(i64::from(last) - i64::from(first) + 1);
    // Bars by their number from the first one; what is known to the year only is in no month.
    let mut counts: BTreeMap<i64, (usize, Slot)> = BTreeMap::new();
    for (&(year, month), &count) in slots {
        let at = match (unit, month) {
            (Unit::Month, Some(month)) => i64::from(year) * 12 + i64::from(month) - 1,
            (Unit::Month, None) => continue,
            (Unit::Years(size), _) => i64::from(year).div_euclid(size),
        };
        let slot = Slot { year, month: month.filter(|_| unit == Unit::Month), day: None };
        counts.entry(at).or_insert((0, slot)).0 += count;
    }
    let start = if unit == Unit::Month { i64::from(first) * 12 } else { *counts.keys().next()? };
    let end = if unit == Unit::Month { i64::from(last) * 12 + 11 } else { *counts.keys().next_back()? };
    let highest = counts.values().map(|(count, _)| *count).max()?;
    let all = end - start + 1;
    let x = |at: i64| (at - start) * WIDTH / all;
    let bar = |(&at, &(count, slot)): (&i64, &(usize, Slot))| {
        let wide = (x(at + 1) - x(at)).max(1);
        let gap = if wide > 12 { wide / 6 } else { 0 };
        let height = (to_signed(count) * HEIGHT / to_signed(highest)).max(LEAST);
        BarView {
            x: to_size(x(at) + gap / 2),
            y: to_size(HEIGHT - height),
            width: to_size((wide - gap).max(8)),
            height: to_size(height),
            link: CountLink { title: place.name(slot, unit), href: place.address(slot, unit), count },
        }
    };
    let bars: Vec<BarView> = counts.iter().map(bar).collect();
    let marks = marks(unit, start, end, place, &x);
    (bars.len() > 1).then(|| PictureView {
        unit: unit.name(),
        width: to_size(WIDTH),
        height: to_size(HEIGHT),
        bars,
        marks,
        highest,
    })
}

/// At most a dozen words below the axis, at round places.
fn marks(unit: Unit, start: i64, end: i64, place: &Place<'_>, x: &dyn Fn(i64) -> i64) -> Vec<MarkView> {
    let in_year = |at: i64| if unit == Unit::Month { at.div_euclid(12) } else { at };
    let single = in_year(start) == in_year(end);
    if unit == Unit::Month && single {
        let month = |number: i64| u8::try_from(number + 1).unwrap_or(1);
        let mark =
            |number: i64| MarkView { x: to_size(x(start + number) + WIDTH / 24), text: place.short(month(number)) };
        return (0..12).map(mark).collect();
    }
    let all = in_year(end) - in_year(start) + 1;
    let steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 10_000, 100_000, 1_000_000, 10_000_000];
    let step = steps.into_iter().find(|step| all / step < 10).unwrap_or(100_000_000);
    let first = in_year(start) + (-in_year(start)).rem_euclid(step);
    let size = if let Unit::Years(size) = unit { size } else { 1 };
    let months = if unit == Unit::Month { 12 } else { 1 };
    let mark = |number: i64| {
        let at = first + number * step;
        let year = i32::try_from(at * size).unwrap_or(i32::MAX);
        MarkView { x: to_size(x(at * months) + (x(1) - x(0)) * months / 2), text: place.year(year) }
    };
    (0..).take_while(|number| first + number * step <= in_year(end)).map(mark).collect()
}

/// The anchor of a year in an overview.
pub fn year_id(year: i32) -> String {
    format!("y{}", year_name(year))
}

fn to_size(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn to_signed(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
