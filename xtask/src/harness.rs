//! `cargo xtask harness FOLDER`: the mock against the tests that Prism, a well-known mock server, has for itself.
//!
//! A test is a text of sections: `====spec====` is a document, `====server====` how the server is started,
//! `====command====` a call of curl, and `====expect====` (or another word that begins with it) the response. Tests
//! that start `mock` with a document of OpenAPI 3 are run; where the document lacks `info`, one is added. A test is
//! the same where the status is; what else differs is printed, for a person to look at: wordings are each server's own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::tools::{Server, specwright};
use crate::{failed, target};

/// Flags of the task.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder of the tests, files that end in `.txt`
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Only tests whose path has this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Where Prism decides otherwise and we keep to what we do: part of the path, and why.
const DECISIONS: &[(&str, &str)] = &[
    ("too_complex-AC-1", "a sample of many values is an answer; Prism gives up with 500"),
    (
        "text-plain-complex-serialisation",
        "an object has no form as text, so the answer is some text; Prism gives up with 500",
    ),
    ("enforce-content-type-if-body-included", "a body that the operation does not ask for is not looked at"),
    (
        "multipart-form-data-allow-reserved-fail",
        "`allowReserved` is about how a query is written, and parts need no escapes",
    ),
    ("validate-header-params/", "400, since what is wrong is not in the body; 422 is for bodies that can be read"),
    ("validate-path-params/", "400, since what is wrong is not in the body; 422 is for bodies that can be read"),
    ("validate-query-params/", "400, since what is wrong is not in the body; 422 is for bodies that can be read"),
    ("violations/", "an example that its schema refuses gives way to one that it allows; Prism reports it with 500"),
];

/// What became of a test.
enum Outcome {
    Same,
    /// The status is the same, and something else is not.
    Wording(String),
    Decided(String, &'static str),
    Other(String),
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let mut files = Vec::new();
    collect(&args.folder, &mut files);
    files.sort();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for file in files {
        let name = file.strip_prefix(&args.folder).unwrap_or(&file).display().to_string();
        if args.only.as_ref().is_some_and(|it| !name.contains(it.as_str())) {
            continue;
        }
        let Some(test) = fs::read_to_string(&file).ok().and_then(|text| Test::read(&text)) else { continue };
        all += 1;
        let word = match test.outcome(&name) {
            Outcome::Same => "same",
            Outcome::Wording(what) => {
                println!("same status  {name}: {what}");
                "same status"
            }
            Outcome::Decided(what, why) => {
                println!("decided      {name}: {what}: {why}");
                "decided"
            }
            Outcome::Other(what) => {
                println!("other        {name}: {what}");
                "other"
            }
        };
        *counts.entry(word).or_default() += 1;
    }
    println!("{all} tests: {counts:?}");
    match counts.get("other") {
        None if all > 0 => ExitCode::SUCCESS,
        None => failed("there are no such tests"),
        Some(_) => failed("the mock does not do what Prism does, without a decision"),
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "txt") {
            files.push(path);
        }
    }
}

/// A test that we can run.
struct Test {
    document: String,
    dynamic: bool,
    command: String,
    expected: Seen,
}

/// A response, as far as it is compared.
#[derive(Default)]
struct Seen {
    status: Option<u16>,
    media_type: Option<String>,
    body: String,
}

impl Test {
    fn read(text: &str) -> Option<Self> {
        let mut sections: BTreeMap<&str, String> = BTreeMap::new();
        let mut current = "";
        for line in text.lines() {
            match line.strip_prefix("====").and_then(|it| it.trim_end().strip_suffix("====")) {
                Some(name) => current = name,
                None => sections.entry(current).or_default().extend([line, "\n"]),
            }
        }
        let document = sections.get("spec")?.trim_start();
        let server = sections.get("server")?.trim();
        let is_ours = document.lines().any(|it| {
            let bare: String = it.chars().filter(|it| !matches!(it, '"' | '\'' | ' ' | '{' | ',')).collect();
            bare.starts_with("openapi:3")
        });
        let (_, expected) = sections.iter().find(|(name, _)| name.starts_with("expect"))?;
        (server.starts_with("mock") && is_ours).then(|| Self {
            document: with_info(document),
            dynamic: server.split_whitespace().any(|it| it == "-d" || it == "--dynamic"),
            command: sections.get("command").map(|it| it.trim().replace("\\\n", " ")).unwrap_or_default(),
            expected: Seen::read(expected),
        })
    }

    fn outcome(&self, name: &str) -> Outcome {
        let seen = match self.seen() {
            Ok(seen) => seen,
            Err(message) => return Outcome::Other(message),
        };
        let Seen { status, media_type, body } = &self.expected;
        let shown = |it: Option<u16>| it.map_or_else(|| "no status".to_owned(), |it| it.to_string());
        if *status != seen.status {
            let what = format!("{} instead of {}", shown(seen.status), shown(*status));
            let decision = DECISIONS.iter().find(|(part, _)| name.contains(part));
            return decision.map_or(Outcome::Other(what.clone()), |(_, why)| Outcome::Decided(what, why));
        }
        if media_type.is_some() && *media_type != seen.media_type {
            return Outcome::Wording(format!("{:?} instead of {media_type:?}", seen.media_type));
        }
        let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
        let same = body.is_empty() || *body == seen.body || json(body).is_some_and(|it| Some(it) == json(&seen.body));
        if same { Outcome::Same } else { Outcome::Wording(format!("`{}` instead of `{body}`", seen.body)) }
    }

    /// Starts the mock and makes the call.
    fn seen(&self) -> Result<Seen, String> {
        let unwritten = |error| format!("cannot write below `target/`: {error}");
        let folder = target().join("harness");
        fs::create_dir_all(&folder).map_err(unwritten)?;
        let file = folder.join(if self.document.starts_with('{') { "document.json" } else { "document.yaml" });
        fs::write(&file, &self.document).map_err(unwritten)?;
        let mut mock = Command::new(specwright()?);
        mock.arg("mock").arg(&file).args(["--address", "127.0.0.1:0"]).args(self.dynamic.then_some("--dynamic"));
        let server = Server::start(mock.stderr(Stdio::null()))?;
        let address = server.url.trim_start_matches("http://");
        let command = ["localhost:4010", "127.0.0.1:4010", "0.0.0.0:4010"];
        let command = command.iter().fold(self.command.clone(), |text, known| text.replace(known, address));
        let output = Command::new("sh").args(["-c", &command]).output();
        let output = output.map_err(|error| format!("cannot run the command: {error}"))?;
        Ok(Seen::read(&String::from_utf8_lossy(&output.stdout)))
    }
}

/// The document with `info`, which the tests leave out.
fn with_info(document: &str) -> String {
    let has_info = document.lines().any(|it| it.trim_start_matches([' ', '{', '"']).starts_with("info"));
    if has_info {
        return document.to_owned();
    }
    match document.strip_prefix('{') {
        Some(rest) => format!("{{\"info\": {{ \"title\": \"T\", \"version\": \"1\" }}, {rest}"),
        None => format!("info: {{ title: T, version: '1' }}\n{document}"),
    }
}

impl Seen {
    fn read(text: &str) -> Self {
        let text = text.replace('\r', "");
        let mut text = text.trim();
        // What comes before the response.
        while let Some((_, rest)) = text.split_once("\n\n").filter(|_| text.starts_with("HTTP/1.1 100")) {
            text = rest.trim_start();
        }
        let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            let media_type = value.split(';').next().unwrap_or_default().trim().to_owned();
            name.trim().eq_ignore_ascii_case("content-type").then_some(media_type)
        };
        Self {
            status: head.split_whitespace().nth(1).and_then(|it| it.parse().ok()),
            media_type: head.lines().find_map(header),
            body: body.trim().to_owned(),
        }
    }
}
