//! From text to [`Node`]s, through serde_yaml.
//!
//! serde_yaml resolves plain scalars before it shows them: `1e3` arrives as a float. What the number or truth value
//! cannot tell is fetched by a second run that asks for text at each scalar; most texts need none.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Visitor};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess, VariantAccess};

use super::Node;

/// A text that serde_yaml accepts, with what it would let pass.
pub(super) struct Decoded {
    pub(super) node: Node,
    /// Keys that stood in their mapping already.
    pub(super) duplicates: Vec<String>,
    /// Whether a value had a tag of the form `!name`.
    pub(super) tagged: bool,
}

/// Why there is no value.
pub(super) enum Failure {
    Yaml(serde_yaml::Error),
    /// Aliases made the value far larger than its text.
    TooLarge,
    SecondDocument,
}

/// What the key visitor expects; it tells a list in a key's place from serde_yaml's other errors.
pub(super) const EXPECTED_KEY: &str = "text as key";

/// Decodes the one document of `text`.
pub(super) fn decode(text: &str) -> Result<Decoded, Failure> {
    let notes = Notes::new(text);
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let mut node = match documents.next() {
        Some(first) => NodeSeed(&notes).deserialize(first).map_err(|error| notes.failure(error))?,
        None => Node::Null,
    };
    if let Some(second) = documents.next() {
        // What follows the first document may also be no YAML at all, such as words after a quoted text.
        return Err(match IgnoredAny::deserialize(second) {
            Err(error) if error.location().is_some() => Failure::Yaml(error),
            _ => Failure::SecondDocument,
        });
    }
    if notes.as_written_needed.get() {
        let again = serde_yaml::Deserializer::from_str(text);
        AsWritten(&mut node).deserialize(again).map_err(Failure::Yaml)?;
    }
    Ok(Decoded { node, duplicates: notes.duplicates.into_inner(), tagged: notes.tagged.get() })
}

/// What the visitors find on the way.
struct Notes<'text> {
    text: &'text str,
    duplicates: RefCell<Vec<String>>,
    tagged: Cell<bool>,
    as_written_needed: Cell<bool>,
    /// Whether the text has any number not written in plain decimal digits, once it was looked for.
    unusual_numbers: Cell<Option<bool>>,
    /// How much more the value may hold, in nodes and bytes.
    budget: Cell<usize>,
    exhausted: Cell<bool>,
}

impl<'text> Notes<'text> {
    fn new(text: &'text str) -> Self {
        Notes {
            text,
            duplicates: RefCell::default(),
            tagged: Cell::new(false),
            as_written_needed: Cell::new(false),
            unusual_numbers: Cell::new(None),
            // Without aliases a value never costs more than three times its text. serde_yaml's own limit counts
            // aliases, not what they stand for, and so lets a long list through that is referred to often.
            budget: Cell::new(text.len().saturating_mul(16).saturating_add(4096)),
            exhausted: Cell::new(false),
        }
    }

    fn failure(&self, error: serde_yaml::Error) -> Failure {
        if self.exhausted.get() { Failure::TooLarge } else { Failure::Yaml(error) }
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.budget.get().checked_sub(bytes + 1) {
            Some(rest) => {
                self.budget.set(rest);
                Ok(())
            }
            None => {
                self.exhausted.set(true);
                Err(E::custom("the value is too large"))
            }
        }
    }

    fn scalar<E: Error>(&self, text: String) -> Result<Node, E> {
        self.spend(text.len())?;
        Ok(Node::Scalar(text))
    }

    /// A scalar whose text the second run fills in.
    fn fetch_later<E: Error>(&self) -> Result<Node, E> {
        self.as_written_needed.set(true);
        self.scalar(String::new())
    }

    fn integer<E: Error>(&self, number: impl fmt::Display) -> Result<Node, E> {
        if self.has_unusual_numbers() { self.fetch_later() } else { self.scalar(number.to_string()) }
    }

    /// Whether some integer may be written otherwise than its decimal digits: `0x1F`, `0o17`, `0b1`, `+5`.
    fn has_unusual_numbers(&self) -> bool {
        if let Some(known) = self.unusual_numbers.get() {
            return known;
        }
        let found = self.text.as_bytes().windows(2).any(|pair| match pair {
            [b'0', second] => matches!(second, b'x' | b'o' | b'b'),
            [b'+', second] => second.is_ascii_digit(),
            _ => false,
        });
        self.unusual_numbers.set(Some(found));
        found
    }
}

/// Decodes one value.
#[derive(Clone, Copy)]
struct NodeSeed<'notes, 'text>(&'notes Notes<'text>);

impl<'de> DeserializeSeed<'de> for NodeSeed<'_, '_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_, '_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.0.spend(0)?;
        Ok(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Node, E> {
        let (plain, others) = if truth { ("true", ["True", "TRUE"]) } else { ("false", ["False", "FALSE"]) };
        if others.iter().any(|other| self.0.text.contains(other)) {
            self.0.fetch_later()
        } else {
            self.0.scalar(plain.to_owned())
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Node, E> {
        self.0.integer(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Node, E> {
        // Only negative numbers come this way, so zero was written `-0`.
        if number == 0 { self.0.fetch_later() } else { self.0.integer(number) }
    }

    fn visit_u128<E: Error>(self, number: u128) -> Result<Node, E> {
        self.0.integer(number)
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<Node, E> {
        self.0.integer(number)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
        self.0.fetch_later()
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
        self.0.scalar(text.to_owned())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        self.0.spend(0)?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        self.0.spend(0)?;
        let mut map: Vec<(String, Node)> = Vec::new();
        let mut seen = SeenKeys::default();
        while let Some(key) = entries.next_key_seed(KeySeed)? {
            self.0.spend(key.len())?;
            if seen.has(&map, &key) {
                self.0.duplicates.borrow_mut().push(key.clone());
            }
            let value = entries.next_value_seed(self)?;
            map.push((key, value));
        }
        Ok(Node::Map(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        self.0.tagged.set(true);
        let (IgnoredAny, value) = data.variant()?;
        value.newtype_variant_seed(self)
    }
}

/// The keys of a mapping so far: looked for one by one while they are few.
#[derive(Default)]
struct SeenKeys(BTreeSet<String>);

impl SeenKeys {
    const FEW: usize = 24;

    /// Whether `key` is among `map`, the entries so far. To be asked for every key.
    fn has(&mut self, map: &[(String, Node)], key: &str) -> bool {
        if map.len() < Self::FEW {
            return map.iter().any(|(name, _)| name == key);
        }
        if self.0.is_empty() {
            self.0 = map.iter().map(|(name, _)| name.clone()).collect();
        }
        !self.0.insert(key.to_owned())
    }
}

/// Decodes a key as its text, whatever YAML takes it for.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(EXPECTED_KEY)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}

/// Goes through a decoded value once more and puts each scalar's text in.
struct AsWritten<'node>(&'node mut Node);

impl<'de> DeserializeSeed<'de> for AsWritten<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0 {
            Node::Null => IgnoredAny::deserialize(deserializer).map(|_| ()),
            Node::Scalar(_) => deserializer.deserialize_str(self),
            Node::List(_) => deserializer.deserialize_seq(self),
            Node::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for AsWritten<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the same value again")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if let Node::Scalar(scalar) = self.0
            && scalar != text
        {
            text.clone_into(scalar);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if let Node::List(list) = self.0 {
            for item in list {
                items.next_element_seed(AsWritten(item))?;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        if let Node::Map(map) = self.0 {
            for (_, value) in map {
                entries.next_key::<IgnoredAny>()?;
                entries.next_value_seed(AsWritten(value))?;
            }
        }
        Ok(())
    }
}
