//! The root: servers, the reusable objects, and everything that stays what it is.

use super::Lift;
use super::bodies::SHARED;
use super::fields::ROOT;
use crate::ordered::IndexMap;
use crate::source::{Origin, Placed};

impl Lift<'_, '_> {
    pub(super) fn root(&mut self, tree: Placed) -> Placed {
        let origin = tree.origin.clone();
        let Some(members) = tree.members() else { return tree };
        self.defaults.consumes = self.media_types(members.get("consumes"), "consumes");
        self.defaults.produces = self.media_types(members.get("produces"), "produces");
        let servers = self.servers(&origin, members);
        let mut lifted = IndexMap::default();
        let mut components: IndexMap<String, Placed> = IndexMap::default();
        for (key, member) in tree.into_members() {
            if !self.knows(&ROOT, &key, &member) {
                continue;
            }
            match key.as_str() {
                "swagger" => {
                    lifted.insert("openapi".to_owned(), Placed::string(&member.origin, "3.0.3"));
                }
                "host" | "basePath" | "schemes" | "consumes" | "produces" => {}
                // Azure's name for paths that a query tells apart.
                "paths" | "x-ms-paths" => {
                    let mut paths =
                        self.each(member, |lift, key, it| if key.starts_with("x-") { it } else { lift.path_item(it) });
                    match lifted.get_mut("paths").and_then(Placed::members_mut).zip(paths.members_mut()) {
                        Some((known, more)) => known.extend(std::mem::take(more)),
                        None => drop(lifted.insert("paths".to_owned(), paths)),
                    }
                }
                "definitions" => {
                    components.insert("schemas".to_owned(), self.each(member, |lift, _, it| lift.schema(it)));
                }
                "parameters" => self.shared_parameters(member, &mut components),
                "responses" => {
                    components.insert(
                        "responses".to_owned(),
                        self.each(member, |lift, _, it| lift.response(it, None, SHARED)),
                    );
                }
                "securityDefinitions" => {
                    let schemes = self.each(member, |lift, _, it| lift.security_scheme(it));
                    components.insert("securitySchemes".to_owned(), schemes);
                }
                _ => {
                    lifted.insert(key, member);
                }
            }
        }
        if let Some(servers) = servers {
            lifted.insert("servers".to_owned(), servers);
        }
        if !components.is_empty() {
            lifted.insert("components".to_owned(), Placed::object(&origin, components));
        }
        Placed::object(&origin, lifted)
    }

    /// Each member of a mapping; anything else stays as it is, and is reported by whoever wants a mapping there.
    pub(super) fn each(&mut self, tree: Placed, mut lift: impl FnMut(&mut Self, &str, Placed) -> Placed) -> Placed {
        if tree.members().is_none() {
            return tree;
        }
        let origin = tree.origin.clone();
        let members = tree.into_members().into_iter();
        Placed::object(
            &origin,
            members
                .map(|(key, it)| {
                    let lifted = lift(self, &key, it);
                    (key, lifted)
                })
                .collect::<Vec<_>>(),
        )
    }

    /// Bodies go to `requestBodies`. Fields of a form have no place of their own, and are taken in by whoever uses them.
    fn shared_parameters(&mut self, tree: Placed, components: &mut IndexMap<String, Placed>) {
        let origin = tree.origin.clone();
        if tree.members().is_none() {
            components.insert("parameters".to_owned(), tree);
            return;
        }
        let (mut bodies, mut parameters) = (Vec::new(), Vec::new());
        for (name, parameter) in tree.into_members() {
            match self.location(&parameter).as_deref() {
                Some("body") => bodies.push((name, self.body(parameter, None))),
                Some("formData") => {}
                _ => parameters.push((name, self.plain_parameter(parameter))),
            }
        }
        components.insert("parameters".to_owned(), Placed::object(&origin, parameters));
        if !bodies.is_empty() {
            components.insert("requestBodies".to_owned(), Placed::object(&origin, bodies));
        }
    }

    /// `host`, `basePath` and `schemes` as URLs.
    fn servers(&mut self, root: &Origin, members: &IndexMap<String, Placed>) -> Option<Placed> {
        let base = members.get("basePath");
        let path = base.and_then(Placed::as_str).unwrap_or_default();
        if let Some(base) = base {
            if base.as_str().is_none() {
                self.left_out(
                    &base.origin,
                    format!("`basePath` must be a string, and this is of type {}", base.type_name()),
                );
            } else if !path.starts_with('/') && !path.is_empty() {
                self.repaired(
                    &base.origin,
                    format!("`basePath` must start with `/`, and this is `{path}`"),
                    &format!("`/{}`", path.trim_start_matches("./")),
                );
            }
        }
        let path = path.trim_start_matches("./").trim_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        let server = |origin: &Origin, url: String| Placed::object(origin, [("url", Placed::string(origin, url))]);
        let Some(host) = members.get("host") else {
            if let Some(schemes) = members.get("schemes") {
                self.note(&schemes.origin, "`schemes` has no effect without `host`: the application names the server");
            }
            let base = base?;
            let url = if path.is_empty() { "/".to_owned() } else { path };
            return Some(Placed::array(root, vec![server(&base.origin, url)]));
        };
        let Some(name) = host.as_str().filter(|it| is_host(it)) else {
            self.left_out(&host.origin, "`host` must be a name or an address, with a port where it is needed");
            return None;
        };
        let schemes = self.texts(members.get("schemes"), "schemes");
        if schemes.is_empty() {
            self.note(&host.origin, "without `schemes` the server is taken to speak `https`");
            return Some(Placed::array(root, vec![server(&host.origin, format!("https://{name}{path}"))]));
        }
        let mut servers = Vec::new();
        for scheme in &schemes {
            match scheme.as_str() {
                Some(text @ ("http" | "https" | "ws" | "wss")) => {
                    servers.push(server(&scheme.origin, format!("{text}://{name}{path}")));
                }
                _ => self.left_out(&scheme.origin, "a scheme is one of `http`, `https`, `ws`, `wss`"),
            }
        }
        Some(Placed::array(root, servers))
    }

    /// `consumes` or `produces`.
    pub(super) fn media_types(&mut self, list: Option<&Placed>, name: &str) -> Vec<Placed> {
        let mut all: Vec<Placed> = Vec::new();
        for item in self.texts(list, name) {
            if !all.iter().any(|it| it.as_str() == item.as_str()) {
                all.push(item);
            }
        }
        all
    }

    /// The strings of a list; one that stands alone is a list of one.
    pub(super) fn texts(&mut self, list: Option<&Placed>, name: &str) -> Vec<Placed> {
        let Some(list) = list else { return Vec::new() };
        if list.as_str().is_some() {
            self.repaired(
                &list.origin,
                format!("`{name}` must be a sequence, and this is a string"),
                "a sequence of it alone",
            );
            return vec![list.clone()];
        }
        let Some(items) = list.items() else {
            self.left_out(
                &list.origin,
                format!("`{name}` must be a sequence, and this is of type {}", list.type_name()),
            );
            return Vec::new();
        };
        let (texts, others): (Vec<_>, Vec<_>) = items.iter().cloned().partition(|it| it.as_str().is_some());
        for other in others {
            self.left_out(
                &other.origin,
                format!("an item of `{name}` must be a string, and this is of type {}", other.type_name()),
            );
        }
        texts
    }
}

/// What an URL may have between `//` and the path; templates are not allowed, nor is a user or a path.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|it| it.is_alphanumeric() || "-._:[]~%".contains(it))
}
