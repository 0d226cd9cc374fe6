//! Views into template values: what serialises as [`HTML`] is printed as it is, all other text is escaped.
//!
//! An adapter around any serializer. It hands everything on, and turns a newtype named [`HTML`] into a safe string of
//! the template engine, which that engine's own serializer keeps as it finds it. So no template needs `safe`, and the
//! keys of structs stay static strings.

use crate::model::html::HTML;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};
use tera::{TeraResult, Value};

/// Turns a view into a value for templates.
///
/// # Errors
/// When the value cannot be serialised, such as a map whose keys are floating point numbers.
pub(super) fn to_value<T: Serialize + ?Sized>(view: &T) -> TeraResult<Value> {
    Value::try_from_serializable(&Adapted(view))
}

/// A value that is serialised through the adapter.
struct Adapted<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Adapted<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Adapter(serializer))
    }
}

/// The adapter, around a serializer or around one of its compounds.
struct Adapter<S>(S);

/// Hands scalars on unchanged.
macro_rules! hand_on {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, value: $kind) -> Result<S::Ok, S::Error> {
            self.0.$method(value)
        })*
    };
}

impl<S: Serializer> Serializer for Adapter<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Adapter<S::SerializeSeq>;
    type SerializeTuple = Adapter<S::SerializeTuple>;
    type SerializeTupleStruct = Adapter<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Adapter<S::SerializeTupleVariant>;
    type SerializeMap = Adapter<S::SerializeMap>;
    type SerializeStruct = Adapter<S::SerializeStruct>;
    type SerializeStructVariant = Adapter<S::SerializeStructVariant>;

    hand_on! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_i128: i128, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_u128: u128, serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_str: &str,
        serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Adapted(value))
    }

    fn serialize_unit_variant(self, name: &'static str, at: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.0.serialize_unit_variant(name, at, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        if name != HTML {
            return self.0.serialize_newtype_struct(name, &Adapted(value));
        }
        let plain = Value::try_from_serializable(value).map_err(S::Error::custom)?;
        let Some(html) = plain.as_str() else { return Err(S::Error::custom("ready HTML must be a string")) };
        Value::safe_string(html).serialize(self.0)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        at: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, at, variant, &Adapted(value))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        self.0.serialize_seq(length).map(Adapter)
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        self.0.serialize_tuple(length).map(Adapter)
    }

    fn serialize_tuple_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        self.0.serialize_tuple_struct(name, length).map(Adapter)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        at: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        self.0.serialize_tuple_variant(name, at, variant, length).map(Adapter)
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.0.serialize_map(length).map(Adapter)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.0.serialize_struct(name, length).map(Adapter)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        at: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        self.0.serialize_struct_variant(name, at, variant, length).map(Adapter)
    }
}

/// Compounds whose parts have no names.
macro_rules! unnamed_parts {
    ($($compound:ident :: $method:ident),* $(,)?) => {
        $(impl<S: $compound> $compound for Adapter<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
                self.0.$method(&Adapted(value))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        })*
    };
}

/// Compounds whose parts have names known when this was compiled.
macro_rules! named_parts {
    ($($compound:ident),* $(,)?) => {
        $(impl<S: $compound> $compound for Adapter<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), S::Error> {
                self.0.serialize_field(key, &Adapted(value))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        })*
    };
}

unnamed_parts! {
    SerializeSeq::serialize_element, SerializeTuple::serialize_element, SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
}
named_parts! { SerializeStruct, SerializeStructVariant }

impl<S: SerializeMap> SerializeMap for Adapter<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.0.serialize_key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&Adapted(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

#[cfg(test)]
mod tests {
    use super::to_value;
    use crate::model::html::Html;
    use serde::Serialize;
    use std::collections::BTreeMap;
    use tera::{Context, Tera};

    #[derive(Serialize)]
    enum Shape {
        Unit,
        New(Html),
        Tuple(Html, &'static str),
        Struct { inner: Html },
    }

    #[derive(Serialize)]
    struct Plain(&'static str);

    #[derive(Serialize)]
    struct Everything {
        text: &'static str,
        html: Html,
        maybe: Option<Html>,
        none: Option<Html>,
        list: Vec<Html>,
        pair: (Html, &'static str),
        map: BTreeMap<&'static str, Html>,
        shapes: Vec<Shape>,
        plain: Plain,
        number: usize,
        json: serde_json::Value,
    }

    fn everything() -> Everything {
        let html = || Html("<b>&amp;</b>".to_owned());
        Everything {
            text: "<i>",
            html: html(),
            maybe: Some(html()),
            none: None,
            list: vec![html()],
            pair: (html(), "<u>"),
            map: BTreeMap::from([("key", html())]),
            shapes: vec![Shape::Unit, Shape::New(html()), Shape::Tuple(html(), "<s>"), Shape::Struct { inner: html() }],
            plain: Plain("<q>"),
            number: 617,
            json: serde_json::json!({"a": ["<x>", 1, null]}),
        }
    }

    fn render(template: &str) -> String {
        let mut context = Context::new();
        context.insert_value("v", to_value(&everything()).unwrap());
        Tera::one_off(template, &context, true).unwrap()
    }

    #[test]
    fn ready_html_is_printed_as_it_is_wherever_it_stands() {
        let html = "<b>&amp;</b>";
        for path in [
            "v.html",
            "v.maybe",
            "v.list[0]",
            "v.pair[0]",
            "v.map.key",
            "v.shapes[1].New",
            "v.shapes[2].Tuple[0]",
            "v.shapes[3].Struct.inner",
        ] {
            assert_eq!(render(&format!("{{{{ {path} }}}}")), html, "{path}");
        }
    }

    #[test]
    fn all_other_text_is_escaped() {
        assert_eq!(
            render("{{ v.text }} {{ v.pair[1] }} {{ v.shapes[2].Tuple[1] }} {{ v.plain }} {{ v.json.a[0] }}"),
            "&lt;i&gt; &lt;u&gt; &lt;s&gt; &lt;q&gt; &lt;x&gt;"
        );
    }

    #[test]
    fn scalars_and_absent_values_keep_their_kind() {
        assert_eq!(
            render("{{ v.number + 1 }} {{ v.shapes[0] }} {% if v.none %}some{% else %}none{% endif %}"),
            "618 Unit none"
        );
    }
}
