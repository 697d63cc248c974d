//! Holes of templates take fragments only: whoever forgets a filter gets an error, not unsafe code.

use acceptance::pipeline;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use specwright::config::{Dependency, Handlers};
use specwright::output::Files;
use specwright::plan::{ApiPlan, Wanted};
use specwright::render::{
    Extras, Overrides, Place, RenderError, TEMPLATE_VERSION, TEMPLATES, render_place, render_with,
};
use specwright::samples::contract_requests;

/// A user's template, which makes a file for each operation.
const ADDED: (&str, &str) = ("operation/path.rs.j2", "pub const PATH: &str = {{ operation.head.path | lit }};\n");

/// Renders a crate and a module tree with a file of the user's, so that every template is used.
fn render_all(templates: &[(&str, &str)], plan: &[ApiPlan]) -> Result<(Files, Files), RenderError> {
    let options = pipeline::options();
    let place = Place::Module("crate::api".to_owned());
    let dependencies = [("other".to_owned(), Dependency::Version("1".to_owned()))].into();
    let added = [(ADDED.0.to_owned(), format!("{{# specwright {TEMPLATE_VERSION}: PATH #}}\n{}", ADDED.1))];
    let overrides = Overrides::new(added, |_| None).expect("a template");
    let extras = Extras { place, dependencies, templates: overrides, ..Extras::default() };
    let module = render_place(&[templates, &[ADDED]].concat(), plan, &options, &extras)?;
    Ok((render_with(templates, plan, &options)?, module))
}

/// The filters that make fragments of plain text.
const FILTERS: &[&str] = &["lit", "doc", "inner_doc", "line_doc", "ident", "toml", "key", "prose"];

#[test]
fn removing_any_filter_makes_the_render_fail() {
    let compiled = pipeline::compile("everything", include_str!("everything.yaml"));
    let requests = compiled.api.as_ref().map(contract_requests);
    let wanted = Wanted { handlers: Handlers::ByTag, ..Wanted::default() };
    let by_tag = pipeline::plan_wanted("divided", include_str!("everything.yaml"), wanted);
    let plan = [ApiPlan { requests, nesting: 200, ..compiled.plan.expect("a plan") }, by_tag];
    assert!(render_all(TEMPLATES, &plan).is_ok());
    let all: Vec<_> =
        TEMPLATES.iter().enumerate().flat_map(|it| uses(it.1.1).into_iter().map(move |at| (it, at))).collect();
    let tried = all.len();
    let survivors = all.into_par_iter().filter_map(|((idx, (name, text)), (start, end))| {
        let mut templates = TEMPLATES.to_vec();
        let careless = format!("{}{}", &text[..start], &text[end..]);
        templates[idx].1 = &careless;
        // One at a time: most fail in the first.
        let survives = plan.chunks(1).all(|one| render_all(&templates, one).is_ok());
        let line = text[..start].lines().count();
        survives.then(|| format!("{name}:{line}: {}", text.lines().nth(line - 1).unwrap_or_default().trim()))
    });
    let survivors: Vec<String> = survivors.collect();
    assert!(tried > 80, "only {tried} filters were found");
    assert!(survivors.is_empty(), "these render without their filter:\n{}", survivors.join("\n"));
}

/// Where a template uses a filter: the bytes from the bar to the end of its name.
fn uses(text: &str) -> Vec<(usize, usize)> {
    let bars = text.match_indices(" | ").map(|(at, bar)| (at, at + bar.len()));
    let word =
        |start: usize| text[start..].find(|it: char| !it.is_ascii_alphanumeric() && it != '_').map(|len| start + len);
    bars.filter_map(|(at, start)| word(start).filter(|end| FILTERS.contains(&&text[start..*end])).map(|end| (at, end)))
        .collect()
}

#[test]
fn a_hole_that_is_not_filtered_says_what_to_do() {
    let plan = [pipeline::plan("everything", include_str!("everything.yaml"))];
    let mut templates = TEMPLATES.to_vec();
    for template in &mut templates {
        if template.0 == "models_mod.rs.j2" {
            template.1 = "{% for file in files %}pub mod {{ file.module }};{% endfor %}";
        }
    }
    let error = render_with(&templates, &plan, &pipeline::options()).expect_err("plain text in a hole");
    assert_eq!(error.template, "models_mod.rs.j2");
    assert!(error.message.contains("pass plain text through `lit`, `doc` or `ident`"), "{error}");
}

#[test]
fn items_that_nobody_planned_are_refused() {
    let plan = [pipeline::plan("everything", include_str!("everything.yaml"))];
    let with = |stray: &str| {
        let templates = TEMPLATES.iter().map(|(name, text)| (*name, format!("{text}{stray}"))).collect::<Vec<_>>();
        let templates: Vec<_> = templates.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let mut all = TEMPLATES.to_vec();
        all.iter_mut().zip(templates).filter(|(it, _)| it.0 == "models.rs.j2").for_each(|(it, other)| *it = other);
        render_with(&all, &plan, &pipeline::options()).map(|_| ()).map_err(|it| it.message)
    };
    assert!(with("").is_ok());
    for stray in ["pub struct Stray;", "impl Drop for u8 {}", "fn stray() {}", "println!(\"hi\");", "pub fn {"] {
        assert!(with(stray).is_err(), "{stray}");
    }
}
