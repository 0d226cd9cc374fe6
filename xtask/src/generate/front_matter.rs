//! The front matter of a document: what it is, from whom to whom, and where it was found.

use super::calendar::Day;
use super::prose::words;
use super::random::Random;
use super::vocabulary::Vocabulary;
use super::volume::{Outline, Person, Volume};
use super::yaml::{quoted, scalar};

/// The kinds of document an edition of diplomatic papers is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Genre {
    Telegram,
    Conversation,
    Memorandum,
    Letter,
    Minutes,
}

impl Genre {
    fn name(self) -> &'static str {
        match self {
            Genre::Telegram => "telegram",
            Genre::Conversation => "memorandum of conversation",
            Genre::Memorandum => "memorandum",
            Genre::Letter => "letter",
            Genre::Minutes => "minutes",
        }
    }
}

/// Sender or recipient.
enum Party {
    Office(String),
    Person { id: String, name: String, office: String },
}

/// What heads a document; the body's dateline repeats date and place.
pub(crate) struct Heading {
    pub(crate) genre: Genre,
    pub(crate) date: Day,
    pub(crate) place: String,
    title: String,
    from: Party,
    to: Party,
}

impl Heading {
    /// Draws genre, correspondents, place and title.
    pub(crate) fn new(random: &mut Random, volume: &Volume, outline: &Outline) -> Heading {
        let genre = match random.below(100) {
            0..40 => Genre::Telegram,
            40..60 => Genre::Conversation,
            60..82 => Genre::Memorandum,
            82..94 => Genre::Letter,
            _ => Genre::Minutes,
        };
        let (from, to) = (Party::new(random, volume, genre), Party::new(random, volume, genre));
        let title = match genre {
            Genre::Conversation => "Memorandum of Conversation".to_owned(),
            Genre::Minutes => format!("Minutes of a Meeting of {}", from.title()),
            Genre::Telegram => format!("Telegram From {} to {}", from.title(), to.title()),
            Genre::Memorandum => format!("Memorandum From {} to {}", from.title(), to.title()),
            Genre::Letter => format!("Letter From {} to {}", from.title(), to.title()),
        };
        let place = volume.places[random.below(volume.places.len())].clone();
        Heading { genre, date: Day::since_1900(outline.day), place, title, from, to }
    }
}

impl Party {
    fn new(random: &mut Random, volume: &Volume, genre: Genre) -> Party {
        let by_person = if genre == Genre::Telegram { 0.1 } else { 0.75 };
        if random.chance(by_person) {
            let Person { id, surname, given, office, .. } = volume.some_person(random);
            return Party::Person { id: id.clone(), name: format!("{given} {surname}"), office: office.clone() };
        }
        let country = &volume.countries[random.below(volume.countries.len())];
        Party::Office(match random.below(5) {
            0 | 1 => "Department of State".to_owned(),
            2 => format!("Mission in {country}"),
            _ => format!("Embassy in {country}"),
        })
    }

    fn title(&self) -> String {
        match self {
            Party::Office(name) => format!("the {name}"),
            Party::Person { name, office, .. } => format!("the {office} ({name})"),
        }
    }

    fn yaml(&self, key: &str) -> String {
        match self {
            Party::Office(name) => format!("{key}: {}\n", scalar(name)),
            Party::Person { id, name, .. } => format!("{key}:\n  - name: {}\n    ref: person:{id}\n", scalar(name)),
        }
    }
}

/// The lines between the two `---`.
pub(crate) fn front_matter(
    vocabulary: &Vocabulary,
    random: &mut Random,
    volume: &Volume,
    outline: &Outline,
    heading: &Heading,
) -> String {
    let number = outline.number;
    let mut yaml = format!("id: d{number}\nnumber: {number}\n");
    yaml += &format!("title: {}\ngenre: {}\n", scalar(&heading.title), heading.genre.name());
    yaml += &date(random, heading);
    yaml += &format!("place: {}\n", scalar(&heading.place));
    yaml += &heading.from.yaml("from");
    if heading.genre != Genre::Minutes {
        yaml += &heading.to.yaml("to");
    }
    yaml + &source(vocabulary, random, volume, outline, heading)
}

fn date(random: &mut Random, heading: &Heading) -> String {
    let edtf = heading.date.edtf();
    if !random.chance(0.04) {
        return format!("date: {}\n", quoted(&edtf));
    }
    let display = scalar(&heading.date.without_year());
    format!(
        "date:\n  edtf: {}\n  display: {display}\n  basis: internal\n  reason: the year from the text\n",
        quoted(&edtf)
    )
}

const ARCHIVES: &[(&str, &str)] = &[
    ("Department of State", "Central Files"),
    ("Department of State", "Central Files"),
    ("National Archives", "RG 59, Central Files 1950–54"),
    ("National Archives", "RG 84, Post Files"),
    ("Truman Library", "President’s Secretary’s Files"),
    ("Eisenhower Library", "Whitman File"),
    ("Kennedy Library", "National Security Files"),
    ("Washington National Records Center", "RG 330, OSD Files"),
];
const CLASSIFICATIONS: &[&str] =
    &["Secret", "Confidential", "Top Secret", "Secret; Priority", "Limited Official Use", "No classification marking"];

fn source(
    vocabulary: &Vocabulary,
    random: &mut Random,
    volume: &Volume,
    outline: &Outline,
    heading: &Heading,
) -> String {
    let (repository, collection) = ARCHIVES[random.below(ARCHIVES.len())];
    let file = match random.below(2) {
        0 => format!("{}.{:02}/{}–{}", random.between(300, 990), random.below(100), heading.date.month, outline.number),
        _ => format!("{} Series, Box {}", vocabulary.name(random), random.between(1, 80)),
    };
    let classification = random.pick(CLASSIFICATIONS);
    let extent = format!("{} pp.", 2 + outline.length / 2_600);
    let mut note = format!("Source: {repository}, {collection}, {file}. {classification}.");
    if random.chance(0.5) {
        let drafter = volume.some_person(random);
        note +=
            &format!(" Drafted by [{}](person:{}) on {}.", drafter.surname, drafter.id, heading.date.without_year());
    }
    if random.chance(0.4) {
        note += &format!(" Repeated to {} and {}.", vocabulary.name(random), vocabulary.name(random));
    }
    if random.chance(0.3) {
        note += &format!(" A note attached reads: “{}.”", words(vocabulary, random, 12));
    }
    let marker = if outline.source_is_note { "  marker: \"1\"\n" } else { "" };
    format!(
        "source:\n{marker}  note: >-\n    {note}\n  repository: {}\n  collection: {}\n  file: {}\n  classification: {}\n  extent: {}\n",
        scalar(repository),
        scalar(collection),
        scalar(&file),
        scalar(classification),
        quoted(&extent),
    )
}
