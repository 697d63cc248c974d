//! The numbered acceptance checks of the documented APIs, as far as they are about values.

use generated::support::Direction::Response;
use generated::{brms, hbg_portal_v1, hbg_portal_v2, hbg_ramp, nexudus, nuweb};
use serde_json::{Value, json};

use crate::harness::{assert_round_trip, request, request_faults, response, response_faults, with, without};
use crate::pages;

use brms::models::{UpdateUserRequest as BrmsRequest, User as BrmsUser, UserType};
use hbg_ramp::models::{TeamUser, UpdateTeamUserRequest};
use nexudus::models::{ActionResult, ELanguage, UpdateUserRequest as NexudusRequest};
use nuweb::models::{CompanyUserDocument, IncludedResource};

#[test]
fn check_01_the_nuweb_answer_keeps_its_misspelling() {
    let answer = pages::nuweb_response();
    assert!(answer["included"][0]["atributes"].is_object());
    assert_round_trip::<CompanyUserDocument>(&answer, Response);
    let typed: CompanyUserDocument = response(&answer);
    let Some([IncludedResource::CompanyUsers(first), ..]) = typed.included.as_deref() else { panic!("{typed:?}") };
    assert_eq!(first.atributes.as_ref().and_then(|it| it.is_selected), Some(true));
    assert!(first.additional_properties.is_empty());
}

#[test]
fn check_02_an_included_resource_of_unknown_type_is_kept() {
    let mut answer = pages::nuweb_response();
    let unknown = json!({ "type": "badges", "id": "b-1", "attributes": { "color": "red", "levels": [1.5, null] } });
    answer["included"].as_array_mut().unwrap().push(unknown.clone());
    assert_round_trip::<CompanyUserDocument>(&answer, Response);
    let typed: CompanyUserDocument = response(&answer);
    let last = typed.included.as_deref().and_then(<[_]>::last);
    assert_eq!(last, Some(&IncludedResource::Unknown(unknown)));
}

#[test]
fn check_03_roles_are_ids_in_the_request_and_objects_in_the_answer() {
    let id = "3c90c3cc-0d44-4b50-8888-8dd25736052a";
    let role = json!({ "id": id, "name": "Author" });
    assert!(request_faults::<BrmsRequest>(&json!({ "roles": [id] })).is_empty());
    assert_eq!(request_faults::<BrmsRequest>(&json!({ "roles": [id, role] })), ["/roles/1 type"]);
    let answer = |roles: Value| with(&pages::brms_response(), &json!({ "roles": roles }));
    assert!(response_faults::<BrmsUser>(&answer(json!([role]))).is_empty());
    assert_eq!(response_faults::<BrmsUser>(&answer(json!([role, id]))), ["/roles/1 type"]);
}

#[test]
fn check_04_invited_is_a_type_and_no_status() {
    assert_eq!(request_faults::<BrmsRequest>(&json!({ "status": "invited" })), ["/status enum"]);
    let typed: BrmsRequest = request(&json!({ "type": "invited" }));
    assert_eq!((typed.r#type, typed.status), (Some(UserType::Invited), None));
}

#[test]
fn check_05_api_access_has_capitals_on_the_wire() {
    let right: NexudusRequest = request(&pages::nexudus_request());
    assert_eq!(right.api_access, Some(true));
    assert!(right.additional_properties.is_empty());
    let mut record = without(&pages::nexudus_request(), "APIAccess");
    record["ApiAccess"] = json!(true);
    let wrong: NexudusRequest = request(&record);
    assert_eq!(wrong.api_access, None);
    assert_eq!(wrong.additional_properties.keys().collect::<Vec<_>>(), ["ApiAccess"]);
}

#[test]
fn check_06_a_record_without_password_salt_names_it() {
    let record = without(&pages::nexudus_request(), "PasswordSalt");
    assert_eq!(request_faults::<NexudusRequest>(&record), ["/PasswordSalt required"]);
    let violations = generated::support::decode::<NexudusRequest>(record.to_string().as_bytes()).unwrap_err();
    assert!(violations.to_string().contains("PasswordSalt"), "{violations}");
    assert!(violations.summary().contains("PasswordSalt"), "{}", violations.summary());
}

#[test]
fn check_07_languages_are_the_integers_of_the_page() {
    let record = |language: Value| with(&pages::nexudus_request(), &json!({ "Language": language }));
    for wrong in [json!(0), json!(4), json!(-1), json!(1.5)] {
        let faults = request_faults::<NexudusRequest>(&record(wrong.clone()));
        assert!(faults.contains(&"/Language enum".to_owned()), "{wrong}: {faults:?}");
    }
    let faults = request_faults::<NexudusRequest>(&record(json!("1")));
    assert!(faults.contains(&"/Language type".to_owned()), "{faults:?}");
    for (wire, language) in [(3, ELanguage::EnglishUk), (1, ELanguage::EnglishUs), (2, ELanguage::Spanish)] {
        assert_eq!(request::<NexudusRequest>(&record(json!(wire))).language, language);
    }
}

#[test]
fn check_08_an_envelope_without_status_decodes() {
    let error = pages::nexudus_error();
    assert!(error.get("Status").is_none());
    let typed: ActionResult = response(&error);
    assert_eq!((typed.status, typed.was_successful), (None, false));
    let fields: Vec<_> = typed.errors.value().into_iter().flatten().map(|it| it.property_name.as_str()).collect();
    assert_eq!(fields, ["Email"]);
}

#[test]
fn check_09_changes_to_a_team_user_are_at_least_one_and_never_null() {
    assert_eq!(request_faults::<UpdateTeamUserRequest>(&json!({})), [" minProperties"]);
    let typed: UpdateTeamUserRequest = request(&json!({ "is_active": false }));
    assert_eq!(typed, UpdateTeamUserRequest::default().with_is_active(false));
    assert_eq!(request_faults::<UpdateTeamUserRequest>(&json!({ "name": null })), ["/name type"]);
    let nulls = json!({ "name": null, "email": null, "password": null, "role": null, "is_active": null });
    let all = ["/email type", "/is_active type", "/name type", "/password type", "/role type"];
    assert_eq!(request_faults::<UpdateTeamUserRequest>(&nulls), all);
}

#[test]
fn check_10_a_password_with_dollars_passes_unchanged() {
    let typed: UpdateTeamUserRequest = request(&pages::ramp_request());
    assert_eq!(typed.password.as_ref().map(|it| it.expose().as_str()), Some("pa$$word"));
    let text = String::from_utf8(generated::support::json::to_vec(&typed)).unwrap();
    assert!(text.contains(r#""password":"pa$$word""#), "{text}");
}

#[test]
fn check_11_last_logins_are_null_or_moments_of_any_precision() {
    let moments = [
        Value::Null,
        json!("2019-08-24T14:15:22Z"),
        json!("2019-08-24T14:15:22.123Z"),
        json!("2021-11-22T11:59:00.000000Z"),
    ];
    for moment in moments {
        let user = with(&pages::ramp_response(), &json!({ "last_login_at": moment }));
        assert_round_trip::<TeamUser>(&user, Response);
        assert_eq!(response::<TeamUser>(&user).last_login_at.is_none(), moment.is_null());
    }
    let absent = without(&pages::ramp_response(), "last_login_at");
    assert_eq!(response_faults::<TeamUser>(&absent), ["/last_login_at required"]);
}

#[test]
fn check_15_statuses_with_blanks_round_trip() {
    use hbg_portal_v1::models::{SubmissionOutcome, SubmissionResult};
    let result = json!({ "status": "pass with restrictions", "information": "No lifting." });
    assert_round_trip::<SubmissionResult>(&result, Response);
    assert_eq!(response::<SubmissionResult>(&result).status, SubmissionOutcome::PassWithRestrictions);
    assert_eq!(SubmissionOutcome::PassWithRestrictions.to_string(), "pass with restrictions");
    assert_eq!("pass with restrictions".parse(), Ok(SubmissionOutcome::PassWithRestrictions));
}

#[test]
fn check_16_a_score_breakdown_is_a_map() {
    use hbg_portal_v2::models::{ReferenceDetail, ScoreBreakdownEntry};
    use std::collections::BTreeMap;
    let entry = |score: f64| json!({ "label": "Honesty", "value": "Good", "raw_score": score, "weight": 1.0, "weighted_score": score });
    let breakdown = json!({ "honesty": entry(4.0), "property1": entry(2.5), "time keeping": entry(0.5) });
    let typed: BTreeMap<String, ScoreBreakdownEntry> =
        serde_json::from_value(breakdown.clone()).expect("every key is welcome");
    assert_eq!(typed.keys().collect::<Vec<_>>(), ["honesty", "property1", "time keeping"]);
    let examples = include_str!("../../generated/src/hbg_portal_v2/examples.json");
    let examples: Value = serde_json::from_str(examples).expect("JSON");
    let reference = &examples["getReference"]["body"]["data"];
    let detail: ReferenceDetail = response(&with(reference, &json!({ "score_breakdown": breakdown })));
    assert_eq!(detail.score_breakdown, Some(typed));
    let wrong = with(reference, &json!({ "score_breakdown": { "honesty": 4 } }));
    assert_eq!(response_faults::<ReferenceDetail>(&wrong), ["/score_breakdown/honesty type"]);
}
