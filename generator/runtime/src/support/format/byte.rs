//! Binary data as text: base64 (RFC 4648).

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, alphabet};

/// Padding as RFC 4648 wants it; stray bits in the last character are nobody's business.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of a text.
pub(in super::super) fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text).ok()
}

/// The text of bytes.
pub(in super::super) fn encode(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Whether a text is base64 in the alphabet of URLs.
pub(super) fn is_of_urls(text: &str) -> bool {
    BASE64_URL.decode(text).is_ok()
}
