//! Options as they are written down in Rust; every field can also be set by its name.

use crate::config::{ApiEntry, Form, Handlers, Output, Runtime, Select, Verb};

impl Output {
    /// A crate of its own in a folder.
    pub fn in_crate(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }

    /// A module tree in a folder, which stands at a path of its crate such as `crate::api`.
    pub fn in_module(path: impl Into<String>, module: impl Into<String>) -> Self {
        Self { path: path.into(), form: Form::Module, module: Some(module.into()), ..Self::default() }
    }

    /// Writes a test of servers beside the code, behind the feature `contract` of a crate.
    #[must_use]
    pub fn contract(self) -> Self {
        Self { contract: true, ..self }
    }

    /// Names the crate.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Describes the crate.
    #[must_use]
    pub fn description(self, description: impl Into<String>) -> Self {
        Self { description: Some(description.into()), ..self }
    }

    /// Makes the code depend on the crate `specwright-runtime` instead of carrying a copy.
    #[must_use]
    pub fn depend_on_runtime(self) -> Self {
        Self { runtime: Runtime::Depend, ..self }
    }

    /// As [`depend_on_runtime`](Self::depend_on_runtime), where the crate lies in a folder.
    #[must_use]
    pub fn depend_on_runtime_in(self, folder: impl Into<String>) -> Self {
        Self { runtime: Runtime::Depend, runtime_path: Some(folder.into()), ..self }
    }

    /// Adds a document.
    #[must_use]
    pub fn api(mut self, api: ApiEntry) -> Self {
        self.api.push(api);
        self
    }
}

impl ApiEntry {
    /// All of a document.
    pub fn new(document: impl Into<String>) -> Self {
        Self { document: document.into(), ..Self::default() }
    }

    /// Names the API, and so its module and its feature.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Changes the document by an OpenAPI overlay, after those before it.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<String>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// Takes only some operations.
    #[must_use]
    pub fn select(self, select: Select) -> Self {
        Self { select: Some(select), ..self }
    }

    /// Leaves some operations out.
    #[must_use]
    pub fn except(self, except: Select) -> Self {
        Self { except: Some(except), ..self }
    }

    /// Makes a trait of handlers for each tag, so that an application implements what it serves.
    #[must_use]
    pub fn handlers_by_tag(self) -> Self {
        Self { handlers: Handlers::ByTag, ..self }
    }

    /// Leaves out schemas that no operation uses.
    #[must_use]
    pub fn prune(self) -> Self {
        Self { prune: Some(true), ..self }
    }

    /// Keeps schemas that no selected operation uses.
    #[must_use]
    pub fn keep_all_schemas(self) -> Self {
        Self { prune: Some(false), ..self }
    }
}

impl Select {
    /// Adds an operation by its `operationId`.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.operations.push(id.into());
        self
    }

    /// Adds the operations with a tag.
    #[must_use]
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    /// Adds the operations of a path; `*` stands for any text.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.paths.push(path.into());
        self
    }

    /// Adds the operations with a method.
    #[must_use]
    pub fn method(mut self, method: Verb) -> Self {
        self.methods.push(method);
        self
    }

    /// Adds the operations that the document deprecates.
    #[must_use]
    pub fn deprecated(self) -> Self {
        Self { deprecated: true, ..self }
    }
}
