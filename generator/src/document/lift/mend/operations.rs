//! The root, path items and operations: lists that are none, methods in capital letters, and bodies among parameters.

use super::super::operations::Parameter;
use super::parameters::{flat, named};
use super::{Mender, signs};
use crate::ordered::IndexMap;
use crate::source::{Node, Placed};

impl Mender<'_, '_> {
    pub(super) fn root(&mut self, node: &mut Placed) {
        self.lift.defaults.consumes = self.media_types(node, "consumes").unwrap_or_default();
        self.lift.defaults.produces = self.media_types(node, "produces").unwrap_or_default();
        self.servers(node);
        self.security(node);
    }

    /// Shared bodies are no parameters from 3.0 on; fields of a form have no place of their own, and are taken in by
    /// whoever uses them.
    pub(super) fn components(&mut self, node: &mut Placed) {
        let Some(parameters) = node.members_mut().and_then(|it| it.get_mut("parameters")) else { return };
        let Some(members) = parameters.members_mut() else { return };
        let is_old = |it: &Placed| it.text_of("in").and_then(signs::old_location).is_some();
        let (old, plain): (Vec<_>, Vec<_>) = std::mem::take(members).into_iter().partition(|(_, it)| is_old(it));
        members.extend(plain);
        let mut bodies = Vec::new();
        for (name, mut parameter) in old {
            let is_body = Self::canonical(&mut parameter) == Some("body");
            self.moved(&parameter, is_body);
            if is_body {
                self.described(&mut parameter);
                bodies.push((name, self.lift.body(parameter, None)));
            }
        }
        let (origin, Some(members)) = (node.origin.clone(), node.members_mut()) else { return };
        let all = members.entry("requestBodies".to_owned()).or_insert_with(|| Placed::object::<String>(&origin, []));
        for (mut name, body) in bodies {
            let Some(all) = all.members_mut() else { return };
            while all.contains_key(&name) {
                name.push('_');
            }
            all.insert(name, body);
        }
    }

    pub(super) fn path_item(&mut self, node: &mut Placed) {
        self.methods(node);
        self.servers(node);
        self.list_of_parameters(node);
        let (old, plain) = self.parameters(node);
        if old.is_empty() {
            return;
        }
        Self::keep(node, plain);
        // What becomes a part of a body is handed to each operation that has no body of its own.
        for (key, operation) in node.members_mut().into_iter().flatten() {
            if signs::METHODS.contains(&key.as_str()) {
                self.list_of_parameters(operation);
                self.hand_over(operation, &old);
            }
        }
    }

    fn hand_over(&mut self, operation: &mut Placed, old: &[Parameter]) {
        let origin = operation.origin.clone();
        let (own, _) = self.parameters(operation);
        let Some(members) = operation.members_mut().filter(|it| own.is_empty() && !it.contains_key("requestBody"))
        else {
            return;
        };
        let list = members.entry("parameters".to_owned()).or_insert_with(|| Placed::array(&origin, Vec::new()));
        if let Node::Array(items) = &mut list.node {
            items.extend(old.iter().map(|it| it.own.clone()));
        }
    }

    /// A method in capital letters, where there is none of that name.
    fn methods(&mut self, node: &mut Placed) {
        let Some(members) = node.members_mut() else { return };
        let is_free = |key: &str| signs::method(key).filter(|it| !members.contains_key(*it));
        let renamed: Vec<_> = members.keys().filter_map(|key| Some((key.clone(), is_free(key)?))).collect();
        let renamed: IndexMap<String, &str> = renamed.into_iter().collect();
        if renamed.is_empty() {
            return;
        }
        let all = std::mem::take(members).into_iter().map(|(key, it)| match renamed.get(&key) {
            Some(method) => {
                let message = format!("the fields of operations are in small letters, and this is `{key}`");
                self.lift.repaired(&it.origin, message, &format!("`{method}`"));
                ((*method).to_owned(), it)
            }
            None => (key, it),
        });
        *members = all.collect();
    }

    pub(super) fn operation(&mut self, node: &mut Placed) {
        self.servers(node);
        self.security(node);
        self.list_of_parameters(node);
        self.consumes = self.media_types(node, "consumes");
        self.produces = self.media_types(node, "produces");
        let (old, plain) = self.parameters(node);
        if old.is_empty() {
            return;
        }
        Self::keep(node, plain);
        if node.get("requestBody").is_some() {
            for it in old {
                self.repaired(
                    &it.own.origin,
                    "an operation has one body, and this one has a `requestBody`",
                    "not there",
                );
            }
            return;
        }
        old.iter().filter(|it| !it.is_reference).for_each(|it| self.moved(&it.own, it.is_in("body")));
        let consumes = self.consumes.clone();
        let body = self.lift.request_body(&node.origin.clone(), &old, consumes.as_deref());
        if let Some((members, body)) = node.members_mut().zip(body) {
            members.insert("requestBody".to_owned(), body);
        }
    }

    /// The parameters of a list that are parts of a body, each ready to be lifted, and the others.
    fn parameters(&mut self, node: &Placed) -> (Vec<Parameter>, Vec<Placed>) {
        let items = node.get("parameters").and_then(Placed::items).unwrap_or_default();
        let (mut old, mut plain) = (Vec::new(), Vec::new());
        for own in items {
            let behind = self.lift.behind(own);
            let is_reference = behind.is_some();
            let mut target = behind.unwrap_or_else(|| own.clone());
            match Self::canonical(&mut target) {
                Some("body") if !is_reference => {
                    self.described(&mut target);
                    old.push(Parameter { own: target.clone(), target, is_reference });
                }
                Some(location) => {
                    if location != "body" {
                        flat(&mut target);
                    }
                    old.push(Parameter { own: own.clone(), target, is_reference });
                }
                None => plain.push(own.clone()),
            }
        }
        (old, plain)
    }

    /// `body` or `formData`, and the parameter says it in this spelling.
    fn canonical(parameter: &mut Placed) -> Option<&'static str> {
        let location = parameter.text_of("in").and_then(signs::old_location)?;
        named(parameter, "in", location);
        Some(location)
    }

    /// Says what becomes of a parameter that is a part of a body.
    fn moved(&mut self, parameter: &Placed, is_body: bool) {
        let (what, instead) = if is_body {
            ("`in: body`", "a `requestBody`")
        } else {
            ("`in: formData`", "a field of the form that is the `requestBody`")
        };
        let origin = parameter.get("in").map_or(&parameter.origin, |it| &it.origin).clone();
        self.older(&origin, what, instead);
    }

    /// Leaves these parameters in the list.
    fn keep(node: &mut Placed, plain: Vec<Placed>) {
        if let Some(list) = node.members_mut().and_then(|it| it.get_mut("parameters")) {
            list.node = Node::Array(plain);
        }
    }

    /// `consumes` and `produces`, which say the media types of bodies that name none.
    fn media_types(&mut self, node: &mut Placed, field: &str) -> Option<Vec<Placed>> {
        let list = node.members_mut()?.shift_remove(field)?;
        let types = self.lift.media_types(Some(&list), field);
        self.older(&list.origin, &format!("`{field}`"), "the media types of what names none in `content`");
        Some(types)
    }

    /// A server without its list.
    fn servers(&mut self, node: &mut Placed) {
        if let Some(servers) =
            node.members_mut().and_then(|it| it.get_mut("servers")).filter(|it| it.get("url").is_some())
        {
            self.alone(servers, "servers");
        }
    }

    /// A requirement without its list, and schemes by their names alone.
    fn security(&mut self, node: &mut Placed) {
        let Some(security) = node.members_mut().and_then(|it| it.get_mut("security")) else { return };
        if security.members().is_some_and(|it| !it.is_empty()) {
            self.alone(security, "security");
        }
        let Node::Array(items) = &mut security.node else { return };
        for item in items {
            if let Some(name) = item.as_str().map(str::to_owned) {
                let message = format!("an item of `security` is an object, and this is the text `{name}`");
                self.repaired(&item.origin, message, &format!("`{name}: []`"));
                let scopes = Placed::array(&item.origin, Vec::new());
                *item = Placed::object(&item.origin, [(name, scopes)]);
            }
        }
    }

    /// Parameters without their list: one, or several by their names.
    fn list_of_parameters(&mut self, node: &mut Placed) {
        let Some(parameters) = node.members_mut().and_then(|it| it.get_mut("parameters")) else { return };
        let Some(members) = parameters.members() else { return };
        if ["$ref", "in", "name"].iter().any(|it| parameters.text_of(it).is_some()) {
            return self.alone(parameters, "parameters");
        }
        if members.is_empty() || !members.values().all(|it| it.members().is_some()) {
            return;
        }
        let origin = parameters.origin.clone();
        let all = members.iter().map(|(key, it)| {
            let mut parameter = it.clone();
            if let Some(members) = parameter.members_mut().filter(|it| !it.contains_key("$ref")) {
                members.entry("name".to_owned()).or_insert_with(|| Placed::string(&it.origin, key.as_str()));
            }
            parameter
        });
        *parameters = Placed::array(&origin, all.collect());
        self.repaired(&origin, "`parameters` must be a sequence, and this is an object", "a sequence of its members");
    }

    fn alone(&mut self, node: &mut Placed, field: &str) {
        let origin = node.origin.clone();
        *node = Placed::array(&origin, vec![node.clone()]);
        let message = format!("`{field}` must be a sequence, and this is an object");
        self.repaired(&origin, message, "a sequence of it alone");
    }
}
