//! Named schemas that are not objects: a type of its own around the value.

/// Implements the JSON form and the conversions of a struct with one unnamed field.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident($inner:ty)) => {
        impl ::core::ops::Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl ::core::convert::From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }

        impl $crate::support::Json for $name {
            fn read<'de, __D: ::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                <$inner as $crate::support::Json>::read(deserializer).map(Self)
            }

            fn write<__S: ::serde::Serializer>(&self, serializer: __S) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::support::Json::write(&self.0, serializer)
            }
        }

        $crate::support::serde_by_json!($name);
    };
}

#[doc(hidden)]
pub use __newtype as newtype;
