//! A document whose every key is known and whose every reference leads somewhere.
//!
//! [`read`] takes the text of a document, checks the tree against the [ledger], and resolves the references of it and
//! of the files below its folder. What is wrong is reported all at once; the rest of the pipeline runs only when
//! nothing was. Effects are the caller's: files come through a [`Loader`].

mod chains;
mod check;
mod cycles;
mod dynamic;
mod elsewhere;
mod kinds;
pub mod ledger;
mod lift;
mod links;
mod loader;
mod policy;
mod problems;
mod references;
mod resolve;
mod scope;
mod select;
pub mod skeleton;
mod vendored;
mod version;

use crate::config::Selection;
use crate::diagnostics::{Diagnostics, suggest};
use crate::ordered::IndexMap;
use crate::overlay::{self, Overlay};
use crate::parallel;
use crate::source::{self, At, FileId, Names, Origin, Placed, Sources};
pub use dynamic::{DynamicAnchor, Dynamics};
use lift::{Lifting, Originals};
pub use loader::{LoadError, Loader, NoFiles};
use resolve::Resolver;
use scope::Base;
pub(crate) use suggest::similar;
pub use vendored::{VendorError, Vendored, normalized};
pub use version::Version;

/// A document with its files, and where each reference leads.
#[derive(Debug)]
pub struct Document {
    /// The files; the document itself is the first.
    pub sources: Sources,
    /// The version that the document names.
    pub version: Version,
    targets: IndexMap<Origin, Origin>,
    /// Where a chain of references ends, for those that do not end after one step.
    ends: IndexMap<Origin, Origin>,
    /// The references that mean what is bound on the way to them.
    pub dynamics: Dynamics,
}

/// Reads, checks and resolves a document that no overlay changes; see [`read_overlaid`].
pub fn read(path: &str, text: String, loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Result<Document, Sources> {
    read_overlaid(path, text, Vec::new(), loader, diagnostics)
}

/// Reads, checks and resolves a document, after overlays have changed it.
///
/// `path` is the document's path as it is printed. The answer is `Ok` as soon as there is a tree of a known version,
/// however much is wrong with it; the diagnostics decide whether to go on. `Err` gives the sources back, for printing.
pub fn read_overlaid(
    path: &str,
    text: String,
    overlays: Vec<Overlay>,
    loader: &dyn Loader,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Sources> {
    read_then(path, text, overlays, loader, &mut Selection::default(), diagnostics, |document, _, _| document)
}

/// As [`read_overlaid`], without the operations that nobody wants, since what is wrong with them does not matter; and goes
/// on with the document, with the same result however often that is done.
pub fn read_then<T: Send>(
    path: &str,
    text: String,
    overlays: Vec<Overlay>,
    loader: &dyn Loader,
    selection: &mut Selection,
    diagnostics: &mut Diagnostics,
    then: impl Fn(Document, &mut Selection, &mut Diagnostics) -> T + Sync,
) -> Result<T, Sources> {
    let (mut sources, mut found) = (Sources::new(), Diagnostics::new());
    // What YAML says is read while the library of the format, which takes as long, says whether it is YAML.
    if sources.add_yaml(path, &text, &mut found) {
        let mut selected = selection.clone();
        let read = || {
            let document = read_on(sources, overlays.clone(), loader, &mut selected, &mut found)?;
            Ok(then(document, &mut selected, &mut found))
        };
        if let (true, result) = parallel::both(|| source::is_accepted(&text), read) {
            *selection = selected;
            diagnostics.append(found);
            return result;
        }
    }
    let mut sources = Sources::new();
    if sources.add(path, text, diagnostics).is_none() {
        return Err(sources);
    }
    Ok(then(read_on(sources, overlays, loader, selection, diagnostics)?, selection, diagnostics))
}

/// Goes on with a document whose text was read.
fn read_on(
    mut sources: Sources,
    overlays: Vec<Overlay>,
    loader: &dyn Loader,
    selection: &mut Selection,
    diagnostics: &mut Diagnostics,
) -> Result<Document, Sources> {
    overlay::apply(&mut sources, overlays, diagnostics);
    let Some(version) = version::named(&sources, diagnostics) else { return Err(sources) };
    let lifting = if version == Version::V20 {
        lift(&mut sources, loader, diagnostics)
    } else {
        lift::mend::document(&mut sources, version, loader, diagnostics);
        Some(Lifting::of_newer(loader))
    };
    select::select(&mut sources, selection);
    let taken = if version == Version::V20 {
        elsewhere::Taken::new()
    } else {
        elsewhere::take_in(&mut sources, version, loader, diagnostics)
    };
    // Check the document; follow what it refers to, which loads files and checks what stands there; find what has no
    // end; decide what goes because of faults; and repair.
    let mut resolver = Resolver::new(&mut sources, version, lifting, loader, diagnostics);
    resolver.check_document(taken);
    while let Some(round) = resolver.next_round() {
        resolver.follow(round);
    }
    let (mut found, targets) = resolver.into_found();
    cycles::report(&mut found, &targets, &sources, diagnostics);
    // A link may well lead to an operation that nobody wants.
    if selection.is_whole() {
        links::report(&found, &sources, diagnostics);
    }
    policy::settle(&mut found, &targets, &sources, diagnostics);
    let dynamics = Dynamics::new(&mut found, &targets);
    found.repairs.into_iter().for_each(|(origin, value)| sources.repair(&origin, value));
    let ends = chains::ends(&targets);
    Ok(Document { sources, version, targets, ends, dynamics })
}

/// Puts a document of Swagger 2.0 into the shape of 3.0.
fn lift<'l>(sources: &mut Sources, loader: &'l dyn Loader, diagnostics: &mut Diagnostics) -> Option<Lifting<'l>> {
    let path = sources.file(FileId(0)).path.clone();
    let name = &loader.document(path.rsplit('/').next().unwrap_or_default());
    let root = sources.at(&Origin::root(FileId(0)))?;
    let mut originals = Originals::new(loader, name, root.value);
    let first = diagnostics.len();
    let (tree, defaults) = lift::document(Placed::new(&root), &Base::File(name.clone()), &mut originals, diagnostics);
    diagnostics.found_before(first, sources.times_rebuilt(FileId(0)));
    sources.rebuild(FileId(0), tree, Names::Old);
    Some(Lifting { originals, defaults })
}

impl Document {
    /// The root of the document.
    pub fn root(&self) -> At<'_> {
        At::new(&self.sources.file(FileId(0)).root, Origin::root(FileId(0)))
    }

    /// The node at a place.
    pub fn at(&self, origin: &Origin) -> Option<At<'_>> {
        self.sources.at(origin)
    }

    /// Where a reference leads, one step.
    ///
    /// The origin is the object's that holds `$ref`, or the member's itself: `$ref`, `$dynamicRef`, or a value of a
    /// discriminator's `mapping`.
    pub fn target(&self, origin: &Origin) -> Option<&Origin> {
        self.targets.get(origin).or_else(|| self.targets.get(&origin.key("$ref")))
    }

    /// The object that a Reference Object leads to in the end; an object without `$ref` is its own answer.
    ///
    /// A cycle has been reported; here it ends where it closes. In 3.1 a schema may say more beside its `$ref`, so a
    /// schema with siblings asks for [`Self::target`] instead.
    pub fn follow<'a>(&'a self, at: At<'a>) -> At<'a> {
        if at.value.get("$ref").is_none() {
            return at;
        }
        let member = at.origin.key("$ref");
        let end = self.ends.get(&member).or_else(|| self.targets.get(&member));
        end.and_then(|end| self.at(end)).unwrap_or(at)
    }
}
