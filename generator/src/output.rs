//! The files of a run, before anything is written.

use std::collections::BTreeMap;

/// Texts by path; paths are relative, use `/`, stay inside their folder and differ in more than case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    all: BTreeMap<String, String>,
    folded: BTreeMap<String, String>,
}

impl Files {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Panics
    /// A path that leaves the folder or stands twice is a mistake of the plan.
    pub fn insert(&mut self, path: String, text: String) {
        let clean = path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']));
        assert!(clean, "the plan made the path `{path}`: please report this as a bug of Specwright");
        let other = self.folded.insert(path.to_lowercase(), path.clone());
        assert!(other.is_none(), "the plan made the path `{path}` twice: please report this as a bug of Specwright");
        self.all.insert(path, text);
    }

    /// The paths and texts, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.all.get(path).map(String::as_str)
    }

    /// Takes a file out, and gives its text.
    pub fn remove(&mut self, path: &str) -> Option<String> {
        let text = self.all.remove(path)?;
        self.folded.remove(&path.to_lowercase());
        Some(text)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}
