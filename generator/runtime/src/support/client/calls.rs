//! The methods of a client.

/// Gives a client a method for each operation, and one more for each that has pages.
///
/// A row is the module of an operation, which is the name of its method too, under what the document says of it; then
/// the method and the path, and each of its security requirements in brackets, with the fields of the client that hold
/// the credentials. Empty brackets are anonymous access. Behind `pages` stand the method that gives them, the type of
/// what is on them, how each leads to the next, and where in a page its items are.
#[doc(hidden)]
#[macro_export]
macro_rules! __calls {
    ($client:ident: $operations:ident::{ $(
        $(#[$about:meta])*
        $operation:ident: $line:literal $(by $([$($credential:ident),*])+)?
        $(pages $pages:ident: $item:ty = $paging:ident $({ $($how:tt)* })? at $items:literal)?,
    )* }) => {
        impl $client {
            $(
                $(#[$about])*
                #[doc = ""]
                #[doc = concat!("[`", $line, "`](mod@", stringify!($operations), "::", stringify!($operation), ")")]
                pub fn $operation(
                    &self,
                    request: &$operations::$operation::Request,
                ) -> $crate::support::client::Sending<'_, $operations::$operation::Response> {
                    self.core.call(request)$(.authorize(&[$(&[$(&self.$credential),*]),+]))?.sending()
                }

                $crate::support::client::calls! {
                    @pages $operations $operation [$($pages: $item = $paging [$($($how)*)?] at $items)?] $(#[$about])*
                }
            )*
        }
    };
    (@pages $operations:ident $operation:ident [] $(#[$about:meta])*) => {};
    (
        @pages $operations:ident $operation:ident
        [$pages:ident: $item:ty = $paging:ident [$($($how:tt)+)?] at $items:literal]
        $(#[$about:meta])*
    ) => {
        #[doc = concat!(
            "The pages of `", stringify!($operation), "`, each asked for when it is wanted; `items` gives what is on them.",
        )]
        #[doc = ""]
        $(#[$about])*
        #[allow(deprecated, reason = "pages are as deprecated as the operation")]
        pub fn $pages(
            &self,
            request: &$operations::$operation::Request,
        ) -> $crate::support::client::Pages<'_, $operations::$operation::Response, $item> {
            self.$operation(request).pages($crate::support::client::PagesOf {
                paging: $crate::support::client::Paging::$paging $({ $($how)+ })?,
                items: $items,
            })
        }
    };
}

#[doc(hidden)]
pub use __calls as calls;
