//! Run-time code shared by all APIs of this crate; it does not depend on any document.
