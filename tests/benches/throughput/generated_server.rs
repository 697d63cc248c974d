//! The generated server with a handler for each of the two operations.

use axum::Router;
use generated::nuweb::models::{CompanyUserDocument, CompanyUserListDocument};
use generated::nuweb::operations::{
    create_company_user, create_partner_company_user, retrieve_api_token, retrieve_company_user,
    retrieve_company_users, suspend_company_user, update_company_user,
};
use generated::nuweb::server::{Api, router as generated_router};
use generated::support::decode_response;
use generated::support::server::{Bearer, Context, Denied, Failure};

struct Nuweb {
    document: CompanyUserDocument,
    list: CompanyUserListDocument,
}

pub(crate) fn router() -> Router {
    let document = decode_response(crate::answers::document().as_bytes()).unwrap();
    let list = decode_response(crate::answers::list().as_bytes()).unwrap();
    generated_router(Nuweb { document, list })
}

/// Operations that nobody calls.
macro_rules! unasked {
    ($($operation:ident)*) => { $(
        async fn $operation(&self, (): (), _: $operation::Request, _: &Context) -> Result<$operation::Response, Failure> {
            Err("is not part of the benchmark".into())
        }
    )* };
}

impl Api for Nuweb {
    type Principal = ();
    type Error = Failure;

    async fn bearer_auth(&self, credential: Bearer, _: &'static [&'static str], _: &Context) -> Result<(), Denied> {
        if credential.0.expose() == "demo" { Ok(()) } else { Err(Denied::Unauthorized) }
    }

    async fn retrieve_api_token(
        &self,
        _: retrieve_api_token::Request,
        _: &Context,
    ) -> Result<retrieve_api_token::Response, Failure> {
        Err("is not part of the benchmark".into())
    }

    async fn update_company_user(
        &self,
        (): (),
        request: update_company_user::Request,
        _: &Context,
    ) -> Result<update_company_user::Response, Failure> {
        std::hint::black_box(request);
        Ok(update_company_user::Response::Ok(self.document.clone()))
    }

    async fn retrieve_company_users(
        &self,
        (): (),
        _: retrieve_company_users::Request,
        _: &Context,
    ) -> Result<retrieve_company_users::Response, Failure> {
        Ok(retrieve_company_users::Response::Ok(self.list.clone()))
    }

    unasked! {
        create_company_user create_partner_company_user retrieve_company_user suspend_company_user
    }
}
