//! Formatted values: parsed, and written again as they came.

use serde_json::json;

use crate::support::formatted::{
    Bytes, Date, DateTime, Decimal, Format, Formatted, Ipv4, Ipv6, Time, Uri, UriRef, Uuid,
};

#[track_caller]
fn keeps<T: Format>(texts: &[&str]) {
    for text in texts {
        let value: Formatted<T> = serde_json::from_value(json!(text)).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
        assert_eq!(value.to_string(), *text);
    }
}

#[track_caller]
fn refuses<T: Format>(text: &str) -> String {
    match serde_json::from_value::<Formatted<T>>(json!(text)) {
        Ok(_) => panic!("{text} is not a valid {}", T::NAME),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_spelling_comes_back() {
    keeps::<jiff::Timestamp>(&[
        "2024-01-01T00:00:00Z",
        "2024-01-01t00:00:00z",
        "2024-01-01T00:00:00.000Z",
        "2024-01-01T00:00:00.1234567890123+05:30",
        "1998-12-31T23:59:60Z",
        "1990-12-31T15:59:60.999-08:00",
        "9999-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00+23:59",
        "2024-01-01T00:00:00-00:00",
    ]);
    keeps::<jiff::civil::Date>(&["2024-02-29", "0000-01-01", "9999-12-31"]);
    keeps::<crate::support::formatted::OffsetTime<jiff::civil::Time, jiff::tz::Offset>>(&[
        "12:00:00Z",
        "12:00:00.500z",
        "23:59:60+00:00",
        "12:00:00-00:30",
        "12:00:00+23:59",
    ]);
    keeps::<uuid::Uuid>(&["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"]);
    keeps::<fluent_uri::Uri<String>>(&["HTTP://Example.com/%7ea", "urn:x"]);
    keeps::<Vec<u8>>(&["", "aGk=", "aGl="]);
    keeps::<std::net::Ipv4Addr>(&["127.0.0.1"]);
    keeps::<std::net::Ipv6Addr>(&["::1", "0:0:0:0:0:0:0:1", "::FFFF:1.2.3.4"]);
}

/// The texts that every library reads and gives back; each is the same instant, day or time to all.
fn dates_and_times<DateTime: Format, Date: Format, Time: Format>() {
    keeps::<DateTime>(&[
        "2024-01-01T00:00:00Z",
        "2024-01-01t00:00:00z",
        "2024-01-01T00:00:00.000Z",
        "2024-01-01T00:00:00.1234567890123+05:30",
        "1998-12-31T23:59:60Z",
        "1990-12-31T15:59:60.999-08:00",
        "9999-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00+23:59",
    ]);
    keeps::<Date>(&["2024-02-29", "0000-01-01", "9999-12-31"]);
    keeps::<Time>(&[
        "12:00:00Z",
        "12:00:00.500z",
        "23:59:60+00:00",
        "12:00:00-00:30",
        "12:00:00+23:59",
        "08:05:09.000000001Z",
    ]);
    for text in ["2024-02-30T00:00:00Z", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01T24:00:00Z", ""] {
        refuses::<DateTime>(text);
    }
    for text in ["2023-02-29", "2024-1-1", "24-01-01", ""] {
        refuses::<Date>(text);
    }
    for text in ["12:00:00", "12:00Z", "25:00:00Z", "12:00:00+24:00"] {
        refuses::<Time>(text);
    }
}

#[test]
fn every_library_of_dates_reads_the_same_texts() {
    use crate::support::formatted::OffsetTime;
    dates_and_times::<jiff::Timestamp, jiff::civil::Date, OffsetTime<jiff::civil::Time, jiff::tz::Offset>>();
    dates_and_times::<
        chrono::DateTime<chrono::Utc>,
        chrono::NaiveDate,
        OffsetTime<chrono::NaiveTime, chrono::FixedOffset>,
    >();
    dates_and_times::<time::OffsetDateTime, time::Date, OffsetTime<time::Time, time::UtcOffset>>();
}

#[test]
fn values_of_every_library_are_written_as_the_format_has_them() {
    use crate::support::{chrono as of_chrono, time as of_time};
    let midnight = chrono::DateTime::from_timestamp(1_704_067_200, 120_000_000).unwrap();
    assert_eq!(of_chrono::DateTime::new(midnight).to_string(), "2024-01-01T00:00:00.120Z");
    let date = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    assert_eq!(of_chrono::Date::new(date).to_string(), "2024-02-29");
    let midnight = time::OffsetDateTime::from_unix_timestamp(1_704_067_200).unwrap();
    assert_eq!(of_time::DateTime::new(midnight).to_string(), "2024-01-01T00:00:00Z");
    // An offset with seconds is none of RFC 3339.
    let odd = midnight.to_offset(time::UtcOffset::from_hms(1, 0, 30).unwrap());
    assert_eq!(of_time::DateTime::new(odd).to_string(), "2024-01-01T00:00:00Z");
    let parsed = |text| of_time::DateTime::parse(text).unwrap();
    assert_eq!(parsed("2024-01-01T00:00:00Z"), parsed("2024-01-01t01:00:00.0+01:00"));
}

#[test]
fn decimals_of_the_library_are_exact() {
    use crate::support::rust_decimal::Decimal;
    keeps::<rust_decimal::Decimal>(&["12.50", "-0.1", "0", "-0", "79228162514264337593543950335"]);
    for text in ["1e3", "+1", "1_000", ".5", "79228162514264337593543950336", "0.00000000000000000000000000001"] {
        refuses::<rust_decimal::Decimal>(text);
    }
    assert_eq!(Decimal::parse("1.50"), Decimal::parse("1.5"));
}

#[test]
fn equal_values_are_equal_however_they_are_spelled() {
    let parse = |text| DateTime::parse(text).unwrap();
    assert_eq!(parse("2024-01-01T00:00:00Z"), parse("2024-01-01t01:00:00.0+01:00"));
    assert_eq!(
        parse("2024-01-01T00:00:00Z"),
        DateTime::from("2024-01-01T00:00:00Z".parse::<jiff::Timestamp>().unwrap())
    );
    assert_eq!(format!("{:?}", parse("2024-01-01t00:00:00z")), "2024-01-01T00:00:00Z");
    assert_eq!(parse("9999-12-31T23:59:59Z").into_inner(), jiff::Timestamp::MAX);
    assert_eq!(Bytes::new(b"hi".to_vec()).spelling(), "aGk=");
    assert_eq!(*Bytes::parse("aGl=").unwrap(), b"hi");
    assert_eq!(Date::parse("2024-05-31").unwrap().year(), 2024);
    assert_eq!(Time::parse("12:30:00-01:30").unwrap().offset.seconds(), -5400);
    assert!(Uuid::parse("2EB8AA08-AA98-11EA-B4AA-73B441D16380").is_some());
    assert_eq!(Uri::parse("https://example.com/a").unwrap().path().as_str(), "/a");
    assert!(UriRef::parse("/a").is_some() && Ipv4::parse("1.2.3.4").is_some() && Ipv6::parse("::").is_some());
}

#[test]
fn what_the_format_does_not_allow_is_refused_without_being_repeated() {
    assert_eq!(refuses::<jiff::Timestamp>("2024-01-01"), "must be a date and time such as 2024-05-31T12:00:00Z");
    refuses::<jiff::civil::Date>("20240101");
    refuses::<uuid::Uuid>("2eb8aa08aa9811eab4aa73b441d16380");
    refuses::<fluent_uri::Uri<String>>("/a");
    refuses::<Vec<u8>>("a");
    assert_eq!("x".parse::<Ipv4>().unwrap_err().to_string(), "must be an IPv4 address");
}

#[test]
fn decimals_are_exact() {
    let decimal = |text| Decimal::parse(text).unwrap();
    assert_eq!(decimal("1.50"), decimal("01.5"));
    assert_eq!(decimal("-0.0"), decimal("0"));
    assert!(decimal("-2") < decimal("-1.5") && decimal("-1") < decimal("0.1") && decimal("9.99") < decimal("10"));
    assert!(decimal("0.10000000000000000000001") > decimal("0.1"));
    assert_eq!(decimal("-12.50").digits(), ("12", "50"));
    assert!(decimal("-12.50").is_negative() && (decimal("-12.50").to_f64() + 12.5).abs() < 1e-9);
    assert_eq!(serde_json::to_value(decimal("1.50")).unwrap(), json!("1.50"));
    assert!(serde_json::from_value::<Decimal>(json!("1e3")).is_err() && Decimal::parse("1.").is_none());
    assert_eq!(Decimal::from(-7).as_str(), "-7");
}

#[test]
fn moments_and_days_of_every_library_are_made_of_numbers() {
    use crate::support::{Date, DateTime, chrono as of_chrono, time as of_time};
    for (seconds, nanoseconds, text) in [
        (0, 0, "1970-01-01T00:00:00Z"),
        (1_704_063_600, 500_000_000, "2023-12-31T23:00:00.5Z"),
        (0, -500_000_000, "1969-12-31T23:59:59.5Z"),
        (-1, -1, "1969-12-31T23:59:58.999999999Z"),
    ] {
        assert_eq!(DateTime::at(seconds, nanoseconds), DateTime::parse(text).unwrap());
        assert_eq!(of_chrono::DateTime::at(seconds, nanoseconds), of_chrono::DateTime::parse(text).unwrap());
        assert_eq!(of_time::DateTime::at(seconds, nanoseconds), of_time::DateTime::parse(text).unwrap());
    }
    assert_eq!(Date::on(2024, 2, 29), Date::parse("2024-02-29").unwrap());
    assert_eq!(of_chrono::Date::on(2024, 2, 29), of_chrono::Date::parse("2024-02-29").unwrap());
    assert_eq!(of_time::Date::on(2024, 2, 29), of_time::Date::parse("2024-02-29").unwrap());
    // What there is not is what comes nearest.
    assert_eq!(DateTime::at(i64::MAX, 0).into_inner(), jiff::Timestamp::MAX);
    assert_eq!(of_chrono::DateTime::at(i64::MIN, -1).into_inner(), chrono::DateTime::<chrono::Utc>::MIN_UTC);
    assert_eq!(of_time::DateTime::at(i64::MAX, 0).into_inner().date(), time::Date::MAX);
    assert_eq!(Date::on(2023, 2, 29).into_inner(), jiff::civil::Date::MAX);
    assert_eq!(of_chrono::Date::on(2023, 13, -1).into_inner(), chrono::NaiveDate::MAX);
    assert_eq!(of_time::Date::on(2023, 0, 1).into_inner(), time::Date::MAX);
}
