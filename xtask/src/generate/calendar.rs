//! Days since 1 January 1900 as dates of the Gregorian calendar.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) year: usize,
    /// 1 to 12.
    pub(crate) month: usize,
    pub(crate) day: usize,
}

impl Day {
    /// The day so many days after 1 January 1900.
    pub(crate) fn since_1900(mut days: usize) -> Day {
        let mut year = 1900;
        while days >= days_of_year(year) {
            days -= days_of_year(year);
            year += 1;
        }
        let mut month = 1;
        while days >= days_of_month(year, month) {
            days -= days_of_month(year, month);
            month += 1;
        }
        Day { year, month, day: days + 1 }
    }

    /// As in `1952-03-14`.
    pub(crate) fn edtf(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// As in "March 14, 1952".
    pub(crate) fn display(self) -> String {
        format!("{}, {}", self.without_year(), self.year)
    }

    /// As in "March 14".
    pub(crate) fn without_year(self) -> String {
        format!("{} {}", MONTHS[self.month - 1], self.day)
    }
}

fn is_leap(year: usize) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_year(year: usize) -> usize {
    if is_leap(year) { 366 } else { 365 }
}

fn days_of_month(year: usize, month: usize) -> usize {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(Day::since_1900(0).edtf(), "1900-01-01");
        assert_eq!(Day::since_1900(59).edtf(), "1900-03-01", "1900 was no leap year");
        assert_eq!(Day::since_1900(23_057).display(), "February 17, 1963");
    }
}
