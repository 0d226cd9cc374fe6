//! The fields of a value hashed one by one, so that two values can be told apart by the names of what differs.

use super::{Hash128, HashError};
use serde::ser::{Error, Impossible, Serialize, SerializeStruct, Serializer};

/// Takes one struct and hashes each of its fields.
#[derive(Default)]
pub(super) struct PartsHasher {
    parts: Vec<(&'static str, Hash128)>,
}

/// What is no struct has no named parts.
fn no_struct() -> HashError {
    HashError::custom("only a struct has named parts")
}

/// Refuses the kinds of scalar values.
macro_rules! refuse {
    ($($method:ident: $Type:ty),+) => { $(
        fn $method(self, _: $Type) -> Result<Self::Ok, HashError> {
            Err(no_struct())
        }
    )+ };
}

impl Serializer for PartsHasher {
    type Ok = Vec<(&'static str, Hash128)>;
    type Error = HashError;
    type SerializeSeq = Impossible<Self::Ok, HashError>;
    type SerializeTuple = Impossible<Self::Ok, HashError>;
    type SerializeTupleStruct = Impossible<Self::Ok, HashError>;
    type SerializeTupleVariant = Impossible<Self::Ok, HashError>;
    type SerializeMap = Impossible<Self::Ok, HashError>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<Self::Ok, HashError>;

    refuse!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
        serialize_unit_struct: &'static str
    );

    fn serialize_none(self) -> Result<Self::Ok, HashError> {
        Err(no_struct())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Self::Ok, HashError> {
        Err(no_struct())
    }
    fn serialize_unit(self) -> Result<Self::Ok, HashError> {
        Err(no_struct())
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Self::Ok, HashError> {
        Err(no_struct())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<Self::Ok, HashError> {
        Err(no_struct())
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Self::Ok, HashError> {
        Err(no_struct())
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, HashError> {
        Err(no_struct())
    }
    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, HashError> {
        Err(no_struct())
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, HashError> {
        Err(no_struct())
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, HashError> {
        Err(no_struct())
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, HashError> {
        Err(no_struct())
    }
    fn serialize_struct(mut self, _: &'static str, length: usize) -> Result<Self, HashError> {
        self.parts.reserve(length);
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, HashError> {
        Err(no_struct())
    }
}

impl SerializeStruct for PartsHasher {
    type Ok = Vec<(&'static str, Hash128)>;
    type Error = HashError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), HashError> {
        self.parts.push((name, Hash128::of_value(value)?));
        Ok(())
    }

    fn end(self) -> Result<Self::Ok, HashError> {
        Ok(self.parts)
    }
}
