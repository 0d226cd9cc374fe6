//! Feeds a value into a hasher as it serialises, without a copy in between.
//!
//! Each scalar is a tag and its little-endian bytes; text and bytes are a tag, a length of 64 bits and themselves;
//! each sequence, map and struct is a tag, its parts and an end tag. So no two different values of one type run together.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

use super::{HashError, StreamHasher};

/// The serialiser. Its tags are part of every hash: changing one makes every stored key stale, nothing worse.
pub(super) struct ValueHasher<'a> {
    hasher: &'a mut StreamHasher,
    /// Names of the structs that do not count.
    without: &'static [&'static str],
    /// How many values that have an end are open within such a struct, itself included.
    muted: u32,
}

impl<'a> ValueHasher<'a> {
    pub(super) fn new(hasher: &'a mut StreamHasher) -> Self {
        ValueHasher { hasher, without: &[], muted: 0 }
    }

    pub(super) fn without(hasher: &'a mut StreamHasher, names: &'static [&'static str]) -> Self {
        ValueHasher { hasher, without: names, muted: 0 }
    }

    fn update(&mut self, bytes: &[u8]) {
        if self.muted == 0 {
            self.hasher.update(bytes);
        }
    }

    fn tag(&mut self, tag: Tag) {
        self.update(&[tag as u8]);
    }

    /// Begins a value that has an end.
    fn begin(&mut self, tag: Tag) {
        self.tag(tag);
        self.muted += u32::from(self.muted > 0);
    }

    fn scalar<const SIZE: usize>(&mut self, tag: Tag, bytes: [u8; SIZE]) -> Result<(), HashError> {
        // The width is in the tag's upper half, so that a short number and what follows it are never a long one.
        let width = if SIZE == 0 { 0 } else { (SIZE.trailing_zeros() as u8) << 4 };
        self.update(&[tag as u8 | width]);
        self.update(&bytes);
        Ok(())
    }

    fn text(&mut self, tag: Tag, bytes: &[u8]) -> Result<(), HashError> {
        self.tag(tag);
        self.update(&(bytes.len() as u64).to_le_bytes());
        self.update(bytes);
        Ok(())
    }

    fn variant(&mut self, index: u32, name: &str) -> Result<(), HashError> {
        self.scalar(Tag::Variant, index.to_le_bytes())?;
        self.text(Tag::Name, name.as_bytes())
    }

    fn end(&mut self) -> Result<(), HashError> {
        if self.muted == 0 {
            self.tag(Tag::End);
        }
        self.muted = self.muted.saturating_sub(1);
        Ok(())
    }
}

#[derive(Clone, Copy)]
#[repr(u8)]
enum Tag {
    End = 0,
    Unit = 1,
    None = 2,
    Some = 3,
    Bool = 4,
    Signed = 5,
    Unsigned = 6,
    Text = 7,
    Bytes = 8,
    Float = 9,
    Char = 10,
    Sequence = 11,
    Map = 12,
    Struct = 13,
    Variant = 14,
    Name = 15,
}

impl Serializer for &mut ValueHasher<'_> {
    type Ok = ();
    type Error = HashError;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_bool(self, value: bool) -> Result<(), HashError> {
        self.scalar(Tag::Bool, [u8::from(value)])
    }
    fn serialize_i8(self, value: i8) -> Result<(), HashError> {
        self.scalar(Tag::Signed, value.to_le_bytes())
    }
    fn serialize_i16(self, value: i16) -> Result<(), HashError> {
        self.scalar(Tag::Signed, value.to_le_bytes())
    }
    fn serialize_i32(self, value: i32) -> Result<(), HashError> {
        self.scalar(Tag::Signed, value.to_le_bytes())
    }
    fn serialize_i64(self, value: i64) -> Result<(), HashError> {
        self.scalar(Tag::Signed, value.to_le_bytes())
    }
    fn serialize_i128(self, value: i128) -> Result<(), HashError> {
        self.scalar(Tag::Signed, value.to_le_bytes())
    }
    fn serialize_u8(self, value: u8) -> Result<(), HashError> {
        self.scalar(Tag::Unsigned, value.to_le_bytes())
    }
    fn serialize_u16(self, value: u16) -> Result<(), HashError> {
        self.scalar(Tag::Unsigned, value.to_le_bytes())
    }
    fn serialize_u32(self, value: u32) -> Result<(), HashError> {
        self.scalar(Tag::Unsigned, value.to_le_bytes())
    }
    fn serialize_u64(self, value: u64) -> Result<(), HashError> {
        self.scalar(Tag::Unsigned, value.to_le_bytes())
    }
    fn serialize_u128(self, value: u128) -> Result<(), HashError> {
        self.scalar(Tag::Unsigned, value.to_le_bytes())
    }
    fn serialize_f32(self, value: f32) -> Result<(), HashError> {
        self.scalar(Tag::Float, value.to_bits().to_le_bytes())
    }
    fn serialize_f64(self, value: f64) -> Result<(), HashError> {
        self.scalar(Tag::Float, value.to_bits().to_le_bytes())
    }
    fn serialize_char(self, value: char) -> Result<(), HashError> {
        self.scalar(Tag::Char, u32::from(value).to_le_bytes())
    }
    fn serialize_str(self, value: &str) -> Result<(), HashError> {
        self.text(Tag::Text, value.as_bytes())
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<(), HashError> {
        self.text(Tag::Bytes, value)
    }
    fn serialize_none(self) -> Result<(), HashError> {
        self.scalar(Tag::None, [])
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), HashError> {
        self.tag(Tag::Some);
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), HashError> {
        self.scalar(Tag::Unit, [])
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), HashError> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(self, _: &'static str, index: u32, name: &'static str) -> Result<(), HashError> {
        self.variant(index, name)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<(), HashError> {
        if self.without.contains(&name) {
            return Ok(());
        }
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), HashError> {
        self.variant(index, name)?;
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, HashError> {
        self.begin(Tag::Sequence);
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self, HashError> {
        self.begin(Tag::Sequence);
        Ok(self)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, HashError> {
        self.begin(Tag::Sequence);
        Ok(self)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, HashError> {
        self.variant(index, name)?;
        self.begin(Tag::Sequence);
        Ok(self)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, HashError> {
        self.begin(Tag::Map);
        Ok(self)
    }
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Self, HashError> {
        if self.muted == 0 && self.without.contains(&name) {
            self.muted = 1;
            return Ok(self);
        }
        self.begin(Tag::Struct);
        Ok(self)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        index: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Self, HashError> {
        self.variant(index, name)?;
        self.begin(Tag::Struct);
        Ok(self)
    }
}

/// Implements one of serde's traits for parts that follow each other without names.
macro_rules! elements {
    ($($Trait:ident :: $method:ident),+) => { $(
        impl $Trait for &mut ValueHasher<'_> {
            type Ok = ();
            type Error = HashError;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), HashError> {
                value.serialize(&mut **self)
            }
            fn end(self) -> Result<(), HashError> {
                ValueHasher::end(self)
            }
        }
    )+ };
}

/// Implements one of serde's traits for parts with names.
macro_rules! fields {
    ($($Trait:ident),+) => { $(
        impl $Trait for &mut ValueHasher<'_> {
            type Ok = ();
            type Error = HashError;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), HashError> {
                self.text(Tag::Name, name.as_bytes())?;
                value.serialize(&mut **self)
            }
            fn end(self) -> Result<(), HashError> {
                ValueHasher::end(self)
            }
        }
    )+ };
}

elements!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);
fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut ValueHasher<'_> {
    type Ok = ();
    type Error = HashError;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), HashError> {
        key.serialize(&mut **self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), HashError> {
        value.serialize(&mut **self)
    }
    fn end(self) -> Result<(), HashError> {
        ValueHasher::end(self)
    }
}
