//! Every combination of credentials at every door: none opens unless they are right.
//!
//! What must happen is worked out here from the document's own words, by a model that shares nothing with the code.

mod doors;
#[path = "../log.rs"]
mod log;
mod wire;

use doors::{Caller, DOORS, Door, Doors, Scheme, State, together};
use programs::security::client::Client;
use programs::support::client::{Config, Retry, Transport};

/// What the model says about a request.
#[derive(Debug, PartialEq)]
enum Expected {
    Opens(Option<Caller>),
    Unauthorized,
    Forbidden,
}

/// The states of the schemes of a door, one combination after the other.
fn combinations(schemes: &[Scheme]) -> Vec<Vec<(Scheme, State)>> {
    schemes.iter().fold(vec![Vec::new()], |all, scheme| {
        let states = scheme.states();
        let extended = all.iter().flat_map(|before| {
            states.iter().map(move |state| before.iter().copied().chain([(*scheme, *state)]).collect())
        });
        extended.collect()
    })
}

/// The alternatives are tried in order. One whose credentials are all legible is decided by its first wrong one;
/// the answer is that of the alternative that came furthest.
fn expected(door: &Door, given: &[(Scheme, State)]) -> Expected {
    let state = |scheme: &Scheme| {
        let state = given.iter().find(|(it, _)| it == scheme).map_or(State::Missing, |(_, state)| *state);
        // Two credentials in one `Authorization` header are none.
        let others =
            given.iter().filter(|(it, state)| it.in_authorization() && it != scheme && *state != State::Missing);
        if scheme.in_authorization() && state != State::Missing && others.count() > 0 {
            State::Malformed
        } else {
            state
        }
    };
    let mut worst = None;
    for alternative in door.alternatives {
        let states: Vec<State> = alternative.iter().map(|scheme| state(scheme)).collect();
        if states.contains(&State::Malformed) {
            worst = worst.max(Some(401));
        }
        if states.iter().any(|it| matches!(it, State::Missing | State::Malformed)) {
            continue;
        }
        match states.iter().find(|it| **it != State::Right) {
            None => return Expected::Opens(Some(together(alternative))),
            // A 403 says more than a 401.
            Some(State::UnderScoped) => worst = Some(403),
            Some(_) => worst = worst.max(Some(401)),
        }
    }
    let challenged = door.alternatives.iter().flat_map(|it| it.iter()).any(|it| *it != Scheme::Certificate);
    match worst {
        None if door.anonymous => Expected::Opens(None),
        Some(403) => Expected::Forbidden,
        _ if !challenged => Expected::Forbidden,
        _ => Expected::Unauthorized,
    }
}

#[tokio::test]
async fn no_combination_of_credentials_opens_a_door_unless_they_are_right() {
    let mut asked = 0;
    for door in DOORS {
        let schemes = door.schemes();
        for given in combinations(&schemes) {
            let doors = Doors::default();
            let seen = doors.ask(door, &given).await;
            let case = format!("{} with {given:?}", door.path);
            asked += 1;
            match expected(door, &given) {
                Expected::Opens(caller) => {
                    assert_eq!(seen.status, 204, "{case}");
                    assert_eq!(doors.opened(), [(door.path, caller)], "{case}");
                    continue;
                }
                Expected::Unauthorized => {
                    assert_eq!(seen.status, 401, "{case}");
                    let mut challenges: Vec<_> = schemes.iter().filter_map(|it| it.challenge()).collect();
                    challenges.dedup();
                    let all = seen.challenges.len() == challenges.len();
                    let each = challenges.iter().all(|it| seen.challenges.iter().any(|seen| seen.starts_with(it)));
                    assert!(all && each, "{case}: {:?}", seen.challenges);
                }
                Expected::Forbidden => {
                    assert_eq!(seen.status, 403, "{case}");
                    let scopes = given.iter().any(|(_, state)| *state == State::UnderScoped);
                    let said = seen.challenges.iter().any(|it| it.contains("insufficient_scope"));
                    assert_eq!(said, scopes, "{case}: {:?}", seen.challenges);
                }
            }
            assert_eq!(doors.opened(), [], "{case}");
            let (media_type, member) =
                if door.declared { ("application/json", "message") } else { ("application/problem+json", "title") };
            assert_eq!(seen.media_type, media_type, "{case}");
            assert!(seen.body[member].is_string(), "{case}: {}", seen.body);
        }
    }
    assert_eq!(asked, 427, "combinations");
}

#[tokio::test]
async fn right_credentials_of_other_schemes_open_nothing() {
    for door in DOORS.iter().filter(|door| !door.alternatives.is_empty()) {
        let own = door.schemes();
        let others: Vec<_> = Scheme::ALL.iter().filter(|it| !own.contains(it)).collect();
        for scheme in others.into_iter().filter(|it| !it.shares_its_place_with(&own)) {
            let doors = Doors::default();
            let seen = doors.ask(door, &[(*scheme, State::Right)]).await;
            let case = format!("{} with {scheme:?}", door.path);
            let opened = doors.opened();
            assert!(
                if door.anonymous { opened == [(door.path, None)] } else { opened.is_empty() },
                "{case}: {opened:?}"
            );
            assert_eq!(seen.status == 204, door.anonymous, "{case}");
        }
    }
}

#[tokio::test]
async fn a_client_shows_what_an_operation_asks_for_and_nothing_else() {
    for door in DOORS {
        let doors = Doors::default();
        let (transport, sent) = doors.recorder();
        let client = wire::with_all(Client::new(config(transport)).unwrap());
        doors::call(&client, door.path).await.unwrap();
        let sent = sent.take();
        let first: &[Scheme] = door.alternatives.first().copied().unwrap_or_default();
        for scheme in Scheme::ALL.iter().filter(|it| **it != Scheme::Certificate) {
            let wanted = first.contains(scheme);
            assert_eq!(sent.contains(scheme.secret()), wanted, "{}: {scheme:?} in {sent}", door.path);
        }
    }
}

#[tokio::test]
async fn a_client_without_the_credentials_of_an_operation_does_not_call_it() {
    for door in DOORS {
        let doors = Doors::default();
        let (transport, sent) = doors.recorder();
        let client = Client::new(config(transport)).unwrap();
        let outcome = doors::call(&client, door.path).await;
        let open = door.anonymous || door.alternatives.iter().any(|it| it.iter().all(|it| *it == Scheme::Certificate));
        assert_eq!(sent.take().is_empty(), !open && !door.alternatives.is_empty(), "{}: {outcome:?}", door.path);
    }
}

#[tokio::test]
async fn no_credential_shows_in_debug_or_in_a_log() {
    let (log, _guard) = log::capture();
    for door in DOORS {
        let doors = Doors::default();
        let (transport, _) = doors.recorder();
        let client = wire::with_all(Client::new(config(transport)).unwrap());
        let outcome = doors::call(&client, door.path).await;
        let shown = format!("{client:?} {client:#?} {outcome:?}");
        assert!(!reveals(&shown), "{shown}");
        for given in combinations(&door.schemes()) {
            doors.ask(door, &given).await;
        }
    }
    let text = log.written();
    assert!(text.contains("request") && text.contains("/token"), "{text}");
    assert!(!reveals(&text), "{text}");
}

/// Whether a text has a credential in it, as it is or as it goes over the wire.
fn reveals(text: &str) -> bool {
    text.contains("secret") || Scheme::ALL.iter().any(|it| text.contains(it.secret()))
}

#[tokio::test]
async fn credentials_do_not_follow_a_redirect() {
    let (elsewhere, seen) = wire::listener(204, None).await;
    let (base, _) = wire::listener(302, Some(format!("{elsewhere}/token"))).await;
    for door in DOORS {
        let client =
            wire::with_all(Client::new(Config { retry: Retry::never(), ..Config::new(base.clone()) }).unwrap());
        let outcome = doors::call(&client, door.path).await;
        assert_eq!(outcome, Ok("302".to_owned()), "{}", door.path);
    }
    assert_eq!(seen.take(), "", "a redirect was followed");
}

fn config(transport: impl Transport + 'static) -> Config {
    Config { retry: Retry::never(), ..Config::with_transport("http://doors.example", transport) }
}
