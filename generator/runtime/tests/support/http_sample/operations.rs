//! One module for each operation: its description, its request, and its response.

pub(crate) mod list_team_users;
pub(crate) mod update_team_user;
pub(crate) mod update_user;
