//! Every model of the generated crate; a test compares the list with the documents.

use super::Api;

macro_rules! apis {
    ($($module:ident $name:literal => { $($model:ident)* })*) => { $(
        #[test]
        fn $module() {
            let mut api = Api::new($name, include_str!(concat!("../../generated/src/", stringify!($module), "/schemas.json")));
            $(api.try_model::<generated::$module::models::$model>();)*
            println!("{}: {:?}", $name, api.tally);
            assert_eq!(api.tally.schemas, api.usage.len(), "a model that is not listed is not tried");
            assert!(api.tally.valid * 10 > api.tally.invalid, "too few are valid: {:?}", api.tally);
        }
    )* };
}

apis! {
    brms "brms" => {
        UserStatus UserType UpdateUserRequest User UserRole Error Paginate UserList InviteUsersRequest
        Invitation CreateServiceAccountRequest Role RoleList CreateRoleRequest UpdateRoleRequest
    }
    hbg_dta "hbg-dta" => {
        Error RateLimitError ValidationError Pagination Booking BookingCandidate Course Location Trainer
        BookingInvite BookingsResponse BookingLinksResponse
    }
    hbg_portal_v1 "hbg-portal-v1" => {
        Error ValidationErrorResponse CandidateForm NewCandidateForm Candidate CandidateItem CandidateCreated
        Training TrainingList CourseResult TrainingReport FormType FormList FormField FormFieldList
        NewSubmissionForm SubmissionChanges SubmissionCreated Submission SubmissionOutcome SubmissionResult
        SubmissionDocument Clearance TrainingCompletionEvent CourseCompletionEvent
    }
    hbg_portal_v2 "hbg-portal-v2" => {
        Error RateLimitError ValidationError MessageResponse PaginationMeta PaginationLinks TokenRequest
        RefreshRequest TokenResponse TokenInfo CollectionMode RefereeInput CreateReferenceRequest
        ReferenceRequest Reference FormAnswer ScoreBreakdownEntry ReferenceDetail WebhookEndpoint
        CreateWebhookEndpoint UpdateWebhookEndpoint WebhookPayload WebhookCall Template
    }
    hbg_ramp "hbg-ramp" => {
        Error MessageResponse RateLimitError ValidationErrorResponse PaginationMeta PaginationLinks TokenRequest
        RefreshRequest TokenResponse TokenInfo Regulator RegistrationStatus MonitoringFrequency Worker
        WorkerResponse WorkerPaginatedResponse StoreWorkerRequest UpdateWorkerRequest VerificationCheck
        VerificationCheckPaginatedResponse VerifyQueuedResponse VerifyBatchResponse VerificationJobStatus
        VerificationJobError Alert AlertWorker AlertPaginatedResponse BulkAcknowledgeAlertsRequest
        AcknowledgeCountResponse UpdateMonitoringSettingsRequest BulkUpdateMonitoringSettingsRequest
        EvidenceFile EvidenceFilePaginatedResponse BillingUsageResponse StoreWorkerImportRequest WorkerImport
        WorkerImportError WorkerImportPaginatedResponse TeamUser TeamUserPaginatedResponse StoreTeamUserRequest
        UpdateTeamUserRequest WebhookEndpoint WebhookEndpointPaginatedResponse StoreWebhookEndpointRequest
        UpdateWebhookEndpointRequest CreateWebhookEndpointResponse RotateWebhookSecretResponse
        WebhookTestRequest WebhookTestQueuedResponse WebhookEventStatusChanged StatusChange
        WebhookEventInitialVerification InitialVerification
    }
    hbg_services "hbg-services" => {
        Error RateLimitError ValidationError Pagination InterviewBooking InterviewCandidate Interviewer
    }
    nexudus "nexudus" => {
        ELanguage UserFields UpdateUserRequest CreateUserRequest ActionResult ActionError UpdateUserResult
        AuthenticationError TokenRequest TokenResponse TokenError User UserList
    }
    nuweb "nuweb" => {
        UpdateCompanyUserRequest CompanyUserDocument User UserAttributes UserRelationships CompanyUserLinks
        CompanyUserIdentifier RoleLinks RoleIdentifier VisibilityGroupLinks VisibilityGroupIdentifier
        IncludedResource CompanyUserResource CompanyUserAttributes RoleResource RoleAttributes
        VisibilityGroupResource VisibilityGroupAttributes Error ValidationErrorResponse LoginRequest
        LoginResponse MessageResponse CompanyUserListDocument ListedUser ListedUserAttributes
        CreateCompanyUserRequest CreatePartnerCompanyUserRequest CreatedCompanyUserDocument CreatedUser
        CreatedUserAttributes CreatedUserRelationships CreatedIncludedResource CreatedVisibilityGroupResource
    }
}
