//! Stable hashes: of bytes and of values, the same on every machine and in every run.
//!
//! The hash is XXH3 of 128 bits: fast and well spread, not cryptographic. It answers "is this what it was?", never
//! "who made this?".

mod parts;
mod value;

use std::fmt;
use std::io;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A hash of 128 bits, written as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hash128(u128);

impl Hash128 {
    /// How many digits the written form has.
    pub const HEX_LENGTH: usize = 32;

    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Hash128(xxh3_128(bytes))
    }

    /// The hash of a value, by what it serialises.
    ///
    /// Stable across machines, threads and runs: numbers are taken in little-endian order, `usize` as 64 bits, and
    /// each part carries its kind and length, so that two values of one type hash alike only when they serialise
    /// alike. Names of fields count, names of types do not. A hash map must not be in the value, since its order
    /// changes from run to run.
    ///
    /// # Errors
    /// Only when the value's own `Serialize` fails, which a derived one never does.
    pub fn of_value<T: Serialize + ?Sized>(value: &T) -> Result<Self, HashError> {
        let mut hasher = StreamHasher::new();
        value.serialize(&mut value::ValueHasher::new(&mut hasher))?;
        Ok(hasher.finish())
    }

    /// The hash of a value without the structs of some names, at any depth, as if they were not in it.
    ///
    /// # Errors
    /// As for [`Hash128::of_value`].
    pub fn of_value_without<T: Serialize + ?Sized>(
        value: &T,
        names: &'static [&'static str],
    ) -> Result<Self, HashError> {
        let mut hasher = StreamHasher::new();
        value.serialize(&mut value::ValueHasher::without(&mut hasher, names))?;
        Ok(hasher.finish())
    }

    /// The fields of a struct with their hashes, in its order.
    ///
    /// # Errors
    /// As for [`Hash128::of_value`], and when the value is no struct.
    pub fn of_parts<T: Serialize + ?Sized>(value: &T) -> Result<Vec<(&'static str, Self)>, HashError> {
        value.serialize(parts::PartsHasher::default())
    }

    /// The first half, where many hashes are kept and each is compared with one other.
    pub fn short(self) -> u64 {
        (self.0 >> 64) as u64
    }

    /// Reads the written form: exactly 32 lower-case hexadecimal digits.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits_only = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() != Self::HEX_LENGTH || !digits_only {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(Hash128)
    }
}

impl fmt::Display for Hash128 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:032x}", self.0)
    }
}

impl fmt::Debug for Hash128 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Hash128({self})")
    }
}

impl Serialize for Hash128 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Hash128 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return u128::deserialize(deserializer).map(Hash128);
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Hash128::from_hex(&text).ok_or_else(|| serde::de::Error::custom("a hash is 32 lower-case hexadecimal digits"))
    }
}

/// The hash of bytes that arrive in pieces; where the pieces are cut makes no difference.
#[derive(Clone, Default)]
pub struct StreamHasher(Xxh3);

impl StreamHasher {
    /// A hasher that has seen nothing.
    pub fn new() -> Self {
        StreamHasher(Xxh3::new())
    }

    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all bytes so far: that of [`Hash128::of`] on the whole.
    pub fn finish(&self) -> Hash128 {
        Hash128(self.0.digest128())
    }
}

impl io::Write for StreamHasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A value that could not be hashed, in the words of its `Serialize`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashError(String);

impl fmt::Display for HashError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the value cannot be hashed: {}", self.0)
    }
}

impl std::error::Error for HashError {}

impl serde::ser::Error for HashError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        HashError(message.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Serialize)]
    struct View<'a> {
        title: &'a str,
        notes: Vec<Note<'a>>,
        year: Option<i32>,
        weight: f64,
        facets: BTreeMap<&'a str, u64>,
    }

    #[derive(Serialize)]
    enum Note<'a> {
        Empty,
        Text(&'a str),
        Pair(u8, u8),
        Named { label: &'a str },
    }

    fn view() -> View<'static> {
        View {
            title: "Aide-Mémoire",
            notes: vec![Note::Empty, Note::Text("a"), Note::Pair(1, 2), Note::Named { label: "t1" }],
            year: Some(1963),
            weight: 0.5,
            facets: BTreeMap::from([("people", 2), ("terms", 3)]),
        }
    }

    #[test]
    fn hashes_are_the_published_ones_and_stay() {
        assert_eq!(Hash128::of(b"").to_string(), "99aa06d3014798d86001c324468d497f");
        assert_eq!(Hash128::of_value("a").unwrap().to_string(), Hash128::of(b"\x07\x01\0\0\0\0\0\0\0a").to_string());
        assert_eq!(Hash128::of_value(&view()).unwrap().to_string(), "11e57a9c7ac92f7fca85d91133673cb1");
    }

    #[test]
    fn written_form_reads_back() {
        let hash = Hash128::of(b"x");
        assert_eq!(Hash128::from_hex(&hash.to_string()), Some(hash));
        assert_eq!(Hash128::from_hex("00"), None);
        assert_eq!(Hash128::from_hex("+9aa06d3014798d86001c324468d497f"), None);
        assert_eq!(Hash128::from_hex("99AA06D3014798D86001C324468D497F"), None);
        assert_eq!(serde_json::from_str::<Hash128>(&serde_json::to_string(&hash).unwrap()).unwrap(), hash);
        assert!(serde_json::from_str::<Hash128>("\"12\"").is_err());
    }

    #[test]
    fn pieces_hash_as_the_whole() {
        let bytes: Vec<u8> = (0..5000u32).flat_map(u32::to_le_bytes).collect();
        let mut hasher = StreamHasher::new();
        bytes.chunks(17).for_each(|piece| hasher.update(piece));
        assert_eq!(hasher.finish(), Hash128::of(&bytes));
    }

    #[test]
    fn every_part_of_a_value_counts() {
        let hash = |view: &View| Hash128::of_value(view).unwrap();
        let whole = hash(&view());
        assert_eq!(whole, hash(&view()));
        assert_ne!(whole, hash(&View { title: "Aide-Memoire", ..view() }));
        assert_ne!(whole, hash(&View { year: None, ..view() }));
        assert_ne!(whole, hash(&View { weight: -0.5, ..view() }));
        assert_ne!(whole, hash(&View { notes: vec![], ..view() }));
        assert_ne!(whole, hash(&View { facets: BTreeMap::new(), ..view() }));
    }

    #[test]
    fn boundaries_and_kinds_count() {
        let of = |value: &dyn Fn() -> Result<Hash128, HashError>| value().unwrap();
        assert_ne!(of(&|| Hash128::of_value(&["ab", "c"])), of(&|| Hash128::of_value(&["a", "bc"])));
        assert_ne!(
            of(&|| Hash128::of_value(&vec![vec![1], vec![]])),
            of(&|| Hash128::of_value(&vec![vec![], vec![1]]))
        );
        assert_ne!(of(&|| Hash128::of_value(&None::<()>)), of(&|| Hash128::of_value(&Some(()))));
        assert_ne!(of(&|| Hash128::of_value(&Some(None::<u8>))), of(&|| Hash128::of_value(&None::<Option<u8>>)));
        assert_ne!(of(&|| Hash128::of_value(&1u8)), of(&|| Hash128::of_value(&1u64)));
        assert_ne!(of(&|| Hash128::of_value("1")), of(&|| Hash128::of_value(&1)));
    }

    #[test]
    fn parts_have_names() {
        let parts = |view: &View| Hash128::of_parts(view).unwrap();
        let (one, other) = (parts(&view()), parts(&View { year: None, ..view() }));
        let differing: Vec<&str> =
            one.iter().zip(&other).filter(|(one, other)| one != other).map(|(one, _)| one.0).collect();
        assert_eq!(differing, ["year"]);
        assert_eq!(one.len(), 5);
        assert!(Hash128::of_parts("a").is_err());
    }

    #[test]
    fn what_is_left_out_does_not_count() {
        #[derive(Serialize)]
        struct At {
            line: u32,
            span: Span,
        }
        #[derive(Serialize)]
        struct Span(u32, u32);
        #[derive(Serialize)]
        struct Words(Vec<u32>);
        #[derive(Serialize)]
        struct Use {
            at: At,
            target: &'static str,
            words: Words,
        }
        let hash = |line, end, target| {
            let at = At { line, span: Span(1, end) };
            Hash128::of_value_without(&vec![Use { at, target, words: Words(vec![line]) }], &["At", "Words"]).unwrap()
        };
        assert_eq!(hash(1, 2, "d1"), hash(3, 4, "d1"));
        assert_ne!(hash(1, 2, "d1"), hash(1, 2, "d2"));
        let one = Use { at: At { line: 1, span: Span(1, 1) }, target: "d1", words: Words(vec![]) };
        assert_ne!(Hash128::of_value(&one).unwrap(), Hash128::of_value_without(&one, &["At"]).unwrap());
    }

    #[test]
    fn a_failing_value_says_why() {
        struct Broken;
        impl Serialize for Broken {
            fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("no date"))
            }
        }
        assert_eq!(Hash128::of_value(&Broken).unwrap_err().to_string(), "the value cannot be hashed: no date");
    }
}
