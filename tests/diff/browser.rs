//! The page in a browser: search, filters and addresses of views, driven by events as a reader causes them.
//!
//! Where no browser is installed the test says so and is content.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use specwright::diff::Report;
use specwright::diff::render::{Output, write};

use super::{both_ways, report, report_with_rust};

/// A browser without a window; none where none is installed.
fn browser() -> Option<PathBuf> {
    const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |it| it.join(name))).find(|it| it.is_file())
}

/// Two APIs with changes of several weights.
fn reports() -> Vec<Report> {
    let object = |properties: &str| both_ways(&format!(r#"{{"type":"object","properties":{{{properties}}}}}"#));
    let old = object(r#""age":{"type":"integer","minimum":0},"name":{"type":"string"},"city":{"type":"string"}"#);
    let new = object(
        r#""age":{"type":"integer","minimum":1},"name":{"type":"integer"},"city":{"type":"string","description":"Where."},"zip":{"type":"string"}"#,
    );
    let path = |name: &str| {
        format!(
            "paths:\n  /{name}:\n    get:\n      operationId: {name}\n      responses: {{'200': {{description: ok}}}}\n"
        )
    };
    let mut shops = report(&path("old"), &path("new"));
    "shops".clone_into(&mut shops.api);
    vec![report_with_rust(&old, &new), shops]
}

/// What a script sees on the page of the reports, opened at an address of a view.
fn seen(browser: &PathBuf, reports: &[Report], view: &str, script: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    let probe = format!(
        "<script>
        const box = (name, value) => document.querySelector(`input[name=${{name}}][value=${{value}}]`);
        const type = (text) => {{ search.value = text; search.dispatchEvent(new Event('input', {{ bubbles: true }})); }};
        const visible = () => findings.filter((it) => it.getClientRects().length > 0).map((it) => it.querySelector('.what').textContent);
        const said = []; {script}
        document.title = JSON.stringify(said);
        </script></body>"
    );
    std::fs::write(&page, write(reports, Output::Html).replace("</body>", &probe)).expect("a page");
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=2000"]);
    command.arg(format!("--user-data-dir={}", folder.path().join("profile").display()));
    let output = command.arg(format!("file://{}{view}", page.display())).output().expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let title = dom.split("<title>").nth(1).and_then(|it| it.split("</title>").next()).unwrap_or_default();
    let title = title.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let said = serde_json::from_str(&title);
    assert!(said.is_ok(), "{dom}{}", String::from_utf8_lossy(&output.stderr));
    said.unwrap_or_default()
}

#[test]
fn search_filters_and_addresses_work_in_a_browser() {
    let Some(browser) = browser() else {
        println!("no browser is installed: the page was not tried");
        return;
    };
    let reports = reports();
    let all = reports.iter().map(|it| it.findings.len()).sum::<usize>();
    let breaking = |it: &Report| it.findings.iter().filter(|it| it.levels.worst().as_str() == "breaking").count();
    let script = "
        const counted = () => said.push(visible().length);
        counted();
        type('MINIMUM from'); said.push(visible()); said.push(location.hash);
        type('nothing that is there'); counted(); said.push(none.hidden); type('');
        box('level', 'breaking').click(); counted(); said.push(count.textContent); box('level', 'breaking').click();
        for (const it of ['wire', 'document']) box('judgement', it).click();
        said.push(visible().length > 0 && findings.filter((it) => !it.hidden).every((it) => it.dataset.whom === '' || it.dataset.whom.includes('rust')));
        for (const it of ['wire', 'document']) box('judgement', it).click();
        api.value = 'shops'; api.dispatchEvent(new Event('input', { bubbles: true })); counted();
        document.getElementById('open').click(); said.push(findings.every((it) => it.open));
        document.getElementById('close').click(); said.push(findings.some((it) => it.open));
        document.dispatchEvent(new KeyboardEvent('keydown', { key: '/' })); said.push(document.activeElement === search);";
    let mild = all - reports.iter().map(breaking).sum::<usize>();
    let expected = json!([
        all,
        ["schema Thing age minimum went from 0 to 1valid before, refused now: {\"age\":0}"],
        "#q=MINIMUM+from",
        0,
        false,
        mild,
        format!("{mild} of {all} changes"),
        true,
        reports[1].findings.len(),
        true,
        false,
        true,
    ]);
    assert_eq!(seen(&browser, &reports, "", script), expected);
    let view = seen(&browser, &reports, "#level=breaking&api=shops", "said.push(visible().length);");
    assert_eq!(view, json!([breaking(&reports[1])]));
    let one = &reports[1].findings[0].fingerprint;
    let opened =
        seen(&browser, &reports, &format!("#{one}"), "said.push(findings.filter((it) => it.open).map((it) => it.id));");
    assert!(opened[0].as_array().is_some_and(|it| it.contains(&json!(one))), "{opened}");
}

#[test]
fn controls_have_names_and_colors_have_both_schemes() {
    let page = write(&reports(), Output::Html);
    for part in
        ["<html lang=\"en\">", "prefers-color-scheme: dark", "aria-live=\"polite\"", "role=\"search\"", "<main>"]
    {
        assert!(page.contains(part), "{part}");
    }
    // Every control stands in a label, or says what it does.
    for control in ["<input", "<select"] {
        for before in page.split(control).collect::<Vec<_>>().split_last().expect("a control").1 {
            assert!(before.rfind("<label") > before.rfind("</label>"), "{control}");
        }
    }
}
