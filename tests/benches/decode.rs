//! What validity costs: `decode` against plain `serde_json` and against an interpreting validator.
//!
//! `cargo bench --workspace --all-features --bench decode` prints, for models of three sizes, the time of
//! `decode` (the generated types, valid or refused), `serde` (the same members with the same types in structs written by
//! hand, nothing checked), `texts` (the same with every moment left as text), `jsonschema` (an interpreting validator,
//! then the structs of `serde`), and `holds` (the generated check alone).

#![expect(clippy::unwrap_used, reason = "a benchmark may fail")]

mod by_hand;
#[path = "data/workers.rs"]
mod workers;

use std::hint::black_box;

use acceptance::json_schema::validator;
use by_hand::{Date, Moment};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use generated::hbg_ramp::models::{TeamUser, WorkerPaginatedResponse};
use generated::nuweb::models::CompanyUserDocument;
use generated::support::{Direction, Model, decode_response};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// One size: the text, the schema, the generated type and the struct written by hand.
fn size<T: Model, H: DeserializeOwned, S: DeserializeOwned>(
    criterion: &mut Criterion,
    name: &str,
    text: &str,
    api: &str,
    schema: &str,
) {
    let text = text.as_bytes();
    let validator = validator(api, schema);
    let typed: T = decode_response(text).unwrap();
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut measure = |what: &str, run: &dyn Fn()| {
        group.bench_function(BenchmarkId::from_parameter(what), |bench| bench.iter(run));
    };
    measure("serde", &|| {
        black_box(serde_json::from_slice::<H>(black_box(text)).unwrap());
    });
    measure("texts", &|| {
        black_box(serde_json::from_slice::<S>(black_box(text)).unwrap());
    });
    measure("decode", &|| {
        black_box(decode_response::<T>(black_box(text)).unwrap());
    });
    measure("jsonschema", &|| {
        let value: Value = serde_json::from_slice(black_box(text)).unwrap();
        assert!(validator.is_valid(&value));
        black_box(serde_json::from_value::<H>(value).unwrap());
    });
    measure("holds", &|| assert!(black_box(&typed).holds(Direction::Response)));
    group.finish();
}

fn decode(criterion: &mut Criterion) {
    let small = include_str!("../wire/pages/hbg-ramp.response.json");
    size::<TeamUser, by_hand::TeamUser<Moment>, by_hand::TeamUser<String>>(
        criterion, "small", small, "hbg-ramp", "TeamUser",
    );
    let medium = include_str!("../wire/pages/nuweb.response.json");
    size::<CompanyUserDocument, by_hand::Document<Moment>, by_hand::Document<String>>(
        criterion,
        "medium",
        medium,
        "nuweb",
        "CompanyUserDocument",
    );
    let large = workers::page(100);
    size::<WorkerPaginatedResponse, by_hand::Workers<Moment, Date>, by_hand::Workers<String, String>>(
        criterion,
        "large",
        &large,
        "hbg-ramp",
        "WorkerPaginatedResponse",
    );
}

criterion_group!(benches, decode);
criterion_main!(benches);
