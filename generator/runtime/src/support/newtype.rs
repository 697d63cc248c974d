//! Named schemas that are not objects: a type of its own around the value.

/// Implements the JSON form and the conversions of a struct with one unnamed field.
#[doc(hidden)]
#[macro_export]
macro_rules! __newtype {
    ($name:ident($($inner:tt)+)) => {
        $crate::support::newtype! { @form $name($($inner)+) }
        $crate::support::newtype! { @text $name $($inner)+ }
    };
    (@form $name:ident($inner:ty)) => {
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
    (@text $name:ident String) => {
        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        $crate::support::newtype! { @parsed $name String }
    };
    (@text $name:ident bool) => { $crate::support::newtype! { @parsed $name bool } };
    (@text $name:ident i32) => { $crate::support::newtype! { @parsed $name i32 } };
    (@text $name:ident i64) => { $crate::support::newtype! { @parsed $name i64 } };
    (@text $name:ident u32) => { $crate::support::newtype! { @parsed $name u32 } };
    (@text $name:ident u64) => { $crate::support::newtype! { @parsed $name u64 } };
    (@text $name:ident f64) => { $crate::support::newtype! { @parsed $name f64 } };
    // Everything else has no text.
    (@text $name:ident $($inner:tt)+) => {};
    (@parsed $name:ident $inner:ident) => {
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = <$inner as ::core::str::FromStr>::Err;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

#[doc(hidden)]
pub use __newtype as newtype;
