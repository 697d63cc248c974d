//! Users, sessions and notes, in SQLite.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::api::notes::models::{NewNote, Note};

/// Whoever has a session.
#[derive(Debug, Clone)]
pub struct User {
    /// The name.
    pub name: String,
}

/// The database. A call takes microseconds here; one that takes longer belongs into `tokio::task::spawn_blocking`.
#[derive(Clone)]
pub struct Store(Arc<Mutex<Connection>>);

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, user TEXT NOT NULL, until INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS note (
        id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
        UNIQUE (user, title)
    );
";

impl Store {
    /// Opens a file, or `:memory:`.
    pub fn open(path: &str) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(TABLES)?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Starts a session of a day, and gives its name.
    pub(crate) fn start_session(&self, user: &str) -> Result<String> {
        let id = uuid::Uuid::new_v4().to_string();
        self.with(|it| it.execute("INSERT INTO session VALUES (?1, ?2, unixepoch() + 86400)", params![id, user]))?;
        Ok(id)
    }

    pub(crate) fn user(&self, session: &str) -> Result<Option<User>> {
        let user = |row: &Row<'_>| Ok(User { name: row.get(0)? });
        self.with(|it| {
            it.query_row("SELECT user FROM session WHERE id = ?1 AND until > unixepoch()", [session], user).optional()
        })
    }

    pub(crate) fn notes(&self, user: &User, search: Option<&str>, limit: i64) -> Result<Vec<Note>> {
        self.with(|it| {
            let mut found = it.prepare(
                "SELECT id, title, text FROM note WHERE user = ?1 AND instr(title, ?2) ORDER BY id DESC LIMIT ?3",
            )?;
            found.query_map(params![user.name, search.unwrap_or_default(), limit], note)?.collect()
        })
    }

    pub(crate) fn note(&self, user: &User, id: i64) -> Result<Option<Note>> {
        let text = "SELECT id, title, text FROM note WHERE user = ?1 AND id = ?2";
        self.with(|it| it.query_row(text, params![user.name, id], note).optional())
    }

    /// The new note; none where the user has one of this title.
    pub(crate) fn create(&self, user: &User, new: &NewNote) -> Result<Option<Note>> {
        let text = "INSERT INTO note (user, title, text) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
                    RETURNING id, title, text";
        let values = params![user.name, new.title, new.text.as_deref().unwrap_or_default()];
        self.with(|it| it.query_row(text, values, note).optional())
    }

    pub(crate) fn delete(&self, user: &User, id: i64) -> Result<bool> {
        self.with(|it| Ok(it.execute("DELETE FROM note WHERE user = ?1 AND id = ?2", params![user.name, id])? > 0))
    }
}

fn note(row: &Row<'_>) -> Result<Note> {
    Ok(Note { text: row.get(2)?, ..Note::new(row.get(0)?, row.get::<_, String>(1)?, "") })
}
