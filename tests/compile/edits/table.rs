//! Twenty edits of the documents in `specs/`: ten that break callers of the generated crate, ten that do not.

/// An edit, and code that calls the API.
pub(crate) struct Edit {
    /// What changes.
    pub(crate) name: &'static str,
    /// The document, without extension.
    pub(crate) document: &'static str,
    /// The operations that it is about, in either version.
    pub(crate) operations: &'static [&'static str],
    /// The change.
    pub(crate) changes: &'static [Change],
    /// Whether callers of the old crate do not compile against the new one.
    pub(crate) breaks: bool,
    /// What a caller of the old version does; it sees `client`, `models`, `operations`, `server` and `support`.
    pub(crate) caller: &'static str,
    /// What a caller of the new version does, where that differs.
    pub(crate) moved: Option<&'static str>,
}

/// A change of a text.
pub(crate) enum Change {
    /// After some text, the first place where one text stands becomes another.
    After(&'static str, &'static str, &'static str),
    /// From one text up to another, everything goes.
    Without(&'static str, &'static str),
    /// Every place.
    Everywhere(&'static str, &'static str),
}

use Change::{After, Everywhere, Without};

const GET_USER: &str = "client.get_user(&operations::get_user::Request::new(id()?)).await?;";
const DELETE_USER: &str = "client.delete_user(&operations::delete_user::Request::new(id()?)).await?;";
const USER_REF: &str = "$ref: '#/components/schemas/User'\n";

pub(crate) const EDITS: &[Edit] = &[
    Edit {
        name: "a property has another type",
        document: "brms",
        operations: &["getUser"],
        changes: &[After("    User:\n", "createdAt:\n          type: string", "createdAt:\n          type: integer")],
        breaks: true,
        caller: "let user = client.get_user(&operations::get_user::Request::new(id()?)).await?;
            let _: &str = &user.created_at;",
        moved: Some(
            "let user = client.get_user(&operations::get_user::Request::new(id()?)).await?;
            let _: i64 = user.created_at;",
        ),
    },
    Edit {
        name: "a property has another name",
        document: "brms",
        operations: &["updateUser"],
        changes: &[After("    UpdateUserRequest:\n", "firstName:", "givenName:")],
        breaks: true,
        caller: "let mut changes = models::UpdateUserRequest::default();
            changes.first_name = Some(\"Ann\".to_owned());
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        moved: Some(
            "let mut changes = models::UpdateUserRequest::default();
            changes.given_name = Some(\"Ann\".to_owned());
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        ),
    },
    Edit {
        name: "a property may be absent in answers",
        document: "brms",
        operations: &["getUser"],
        changes: &[
            After(
                "operationId: getUser",
                USER_REF,
                "$ref: '#/components/schemas/User'
              example: { id: 3c90c3cc-0d44-4b50-8888-8dd25736052a, type: member, status: active, createdAt: a, updatedAt: b }\n",
            ),
            After("    User:\n", "required: [id, email,", "required: [id,"),
        ],
        breaks: true,
        caller: "let user = client.get_user(&operations::get_user::Request::new(id()?)).await?;
            let _: &str = &user.email;",
        moved: Some(
            "let user = client.get_user(&operations::get_user::Request::new(id()?)).await?;
            let _: Option<&String> = user.email.as_ref();",
        ),
    },
    Edit {
        name: "a property may be null in answers",
        document: "hbg-services",
        operations: &["listInterviewBookings"],
        changes: &[
            After("    InterviewCandidate:\n", "email:\n          type: string", "email:\n          type: [string, 'null']"),
            After("    InterviewCandidate:\n", "[user@example.com]", "[null]"),
        ],
        breaks: true,
        caller: "let page = client.list_interview_bookings(&operations::list_interview_bookings::Request::new()).await?;
            let _: Option<&str> = page.data.first().map(|it| it.candidate.email.as_str());",
        moved: Some(
            "let page = client.list_interview_bookings(&operations::list_interview_bookings::Request::new()).await?;
            let _: Option<&str> = page.data.first().and_then(|it| it.candidate.email.as_deref());",
        ),
    },
    Edit {
        name: "a parameter is required",
        document: "brms",
        operations: &["listUsers"],
        changes: &[After("    Search:\n", "in: query", "in: query\n      required: true")],
        breaks: true,
        caller: "client.list_users(&operations::list_users::Request::new()).await?;",
        moved: Some("client.list_users(&operations::list_users::Request::new(\"smith\".to_owned())).await?;"),
    },
    Edit {
        name: "an operation is gone",
        document: "brms",
        operations: &["getUser", "deleteUser"],
        changes: &[Without("    delete:\n      operationId: deleteUser", "  /api/roles:\n")],
        breaks: true,
        caller: DELETE_USER,
        moved: Some(GET_USER),
    },
    Edit {
        name: "an operation has another id",
        document: "brms",
        operations: &["getUser", "readUser"],
        changes: &[Everywhere("operationId: getUser", "operationId: readUser")],
        breaks: true,
        caller: GET_USER,
        moved: Some("client.read_user(&operations::read_user::Request::new(id()?)).await?;"),
    },
    Edit {
        name: "a value is gone",
        document: "brms",
        operations: &["listUsers"],
        changes: &[After("- name: isService", "enum: ['true', 'false']", "enum: ['true']")],
        breaks: true,
        caller: "let services = operations::list_users::IsService::False;
            client.list_users(&operations::list_users::Request::new().with_is_service(services)).await?;",
        moved: Some(
            "let services = operations::list_users::IsService::True;
            client.list_users(&operations::list_users::Request::new().with_is_service(services)).await?;",
        ),
    },
    Edit {
        name: "a component has another name",
        document: "brms",
        operations: &["updateUser"],
        changes: &[Everywhere("UserType", "AccountType")],
        breaks: true,
        caller: "let mut changes = models::UpdateUserRequest::default();
            changes.r#type = Some(models::UserType::Member);
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        moved: Some(
            "let mut changes = models::UpdateUserRequest::default();
            changes.r#type = Some(models::AccountType::Member);
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        ),
    },
    Edit {
        name: "an operation is new",
        document: "brms",
        operations: &["deleteUser", "restoreUser"],
        changes: &[After(
            "operationId: deleteUser",
            "  /api/roles:\n",
            "  /api/users/{userId}/restore:
    parameters:
      - $ref: '#/components/parameters/UserId'
    post:
      operationId: restoreUser
      description: Takes a user back.
      responses:
        '204': { description: The user is back. }

  /api/roles:\n",
        )],
        breaks: true,
        caller: "struct Users;
            impl server::Api for Users {
                type Principal = ();
                type Error = support::server::Failure;
                async fn bearer_auth(
                    &self,
                    _: support::server::Bearer,
                    _: &'static [&'static str],
                    _: &support::server::Context,
                ) -> Result<(), support::server::Denied> {
                    Ok(())
                }
                async fn delete_user(
                    &self,
                    (): (),
                    _: operations::delete_user::Request,
                    _: &support::server::Context,
                ) -> Result<operations::delete_user::Response, Self::Error> {
                    Ok(operations::delete_user::Response::NoContent)
                }
            }
            let _ = server::router(Users);
            client.delete_user(&operations::delete_user::Request::new(id()?)).await?;",
        moved: Some("client.restore_user(&operations::restore_user::Request::new(id()?)).await?;"),
    },
    Edit {
        name: "a bound is tighter",
        document: "brms",
        operations: &["listUsers"],
        changes: &[After("    PerPage:\n", "maximum: 100", "maximum: 50")],
        breaks: false,
        caller: "client.list_users(&operations::list_users::Request::new().with_per_page(80.0)).await?;",
        moved: Some("client.list_users(&operations::list_users::Request::new().with_per_page(40.0)).await?;"),
    },
    Edit {
        name: "a bound is looser",
        document: "brms",
        operations: &["listUsers"],
        changes: &[After("    PerPage:\n", "maximum: 100", "maximum: 500")],
        breaks: false,
        caller: "client.list_users(&operations::list_users::Request::new().with_per_page(80.0)).await?;",
        moved: Some("client.list_users(&operations::list_users::Request::new().with_per_page(300.0)).await?;"),
    },
    Edit {
        name: "a bound of answers is looser",
        document: "hbg-services",
        operations: &["listInterviewBookings"],
        changes: &[
            After("    Pagination:\n", "description: Entries on a full page.\n          minimum: 1", "description: Entries on a full page.\n          minimum: 0"),
            After("    Pagination:\n", "examples: [20]", "examples: [0]"),
        ],
        breaks: false,
        caller: "let page = client.list_interview_bookings(&operations::list_interview_bookings::Request::new()).await?;
            let _: i64 = page.pagination.per_page;",
        moved: None,
    },
    Edit {
        name: "other words",
        document: "brms",
        operations: &["getUser"],
        changes: &[After("operationId: getUser", "Returns one user.", "Gives one user.")],
        breaks: false,
        caller: GET_USER,
        moved: None,
    },
    Edit {
        name: "a failure is new",
        document: "brms",
        operations: &["getUser"],
        changes: &[After("operationId: getUser", "        '404':\n", "        '429': { description: Too many calls. }\n        '404':\n")],
        breaks: false,
        caller: "use operations::get_user::{Request, Response};
            match client.get_user(&Request::new(id()?)).await {
                Ok(user) => drop(user),
                Err(support::client::CallError::Documented { failure: Response::NotFound(_), .. }) => {}
                Err(other) => return Err(other.into()),
            }",
        moved: None,
    },
    Edit {
        name: "an operation is deprecated",
        document: "brms",
        operations: &["deleteUser"],
        changes: &[After("operationId: deleteUser", "\n", "\n      deprecated: true\n")],
        breaks: false,
        caller: DELETE_USER,
        moved: None,
    },
    Edit {
        name: "null is spelled another way",
        document: "hbg-services",
        operations: &["listInterviewBookings"],
        changes: &[After("        phone:\n", "type: [string, 'null']", "anyOf: [{ type: string }, { type: 'null' }]")],
        breaks: false,
        caller: "let page = client.list_interview_bookings(&operations::list_interview_bookings::Request::new()).await?;
            let _: Vec<&support::Tristate<String>> = page.data.iter().map(|it| &it.candidate.phone).collect();",
        moved: None,
    },
    Edit {
        name: "another order of what is required",
        document: "brms",
        operations: &["getUser"],
        changes: &[After("    User:\n", "required: [id, email,", "required: [email, id,")],
        breaks: false,
        caller: "let user = models::User::new(id()?, \"a@example.com\", models::UserType::Member, models::UserStatus::Active, \"a\", \"b\");
            let found = client.get_user(&operations::get_user::Request::new(user.id)).await?;
            let _: &str = &found.email;",
        moved: None,
    },
    Edit {
        name: "a text is limited",
        document: "brms",
        operations: &["updateUser"],
        changes: &[After("    UpdateUserRequest:\n", "firstName:\n          type: string", "firstName:\n          type: string\n          maxLength: 5")],
        breaks: false,
        caller: "let mut changes = models::UpdateUserRequest::default();
            changes.first_name = Some(\"Alexandra\".to_owned());
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        moved: Some(
            "let mut changes = models::UpdateUserRequest::default();
            changes.first_name = Some(\"Ann\".to_owned());
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        ),
    },
    Edit {
        name: "a list must not be empty",
        document: "brms",
        operations: &["updateUser"],
        changes: &[After("    UpdateUserRequest:\n", "roles:\n          type: array", "roles:\n          type: array\n          minItems: 1")],
        breaks: false,
        caller: "let mut changes = models::UpdateUserRequest::default();
            changes.roles = Some(Vec::new());
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        moved: Some(
            "let mut changes = models::UpdateUserRequest::default();
            changes.roles = Some(vec![id()?]);
            client.update_user(&operations::update_user::Request::new(id()?, changes)).await?;",
        ),
    },
];
