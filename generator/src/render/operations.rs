//! What templates see of an operation's own file.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::bodies;
use super::context::docs;
use super::fragment::rust;
use super::success;
use super::tokens::{Scope, ident};
use crate::ir::{Location, ParameterForm, ResponseKey, Style};
use crate::plan::{
    ApiPlan, HeaderPlan, Home, MOST_ARGUMENTS, OperationPlan, ParameterPlan, ResponsePlan, RustType, Shape,
};

/// An operation's own file.
pub(super) fn operation(plan: &ApiPlan, idx: usize) -> Value {
    let scope = Scope::new(plan, Some(Home::Operation(idx)));
    let operation = &plan.operations[idx];
    let parameters: Vec<_> = operation.parameters.iter().map(|it| parameter(&scope, it)).collect();
    let headers: Vec<_> = distinct_headers(operation).into_iter().map(header).collect();
    let responses: Vec<_> = operation.responses.iter().enumerate().map(|(idx, it)| response(&scope, idx, it)).collect();
    let has_default = operation.responses.iter().any(|it| it.key == ResponseKey::Default);
    let required =
        operation.parameters.iter().any(|it| it.required) || operation.body.as_ref().is_some_and(|body| body.required);
    context! {
        head => head(operation),
        parameters => parameters,
        headers => headers,
        success => success::success(&scope, operation, &responses),
        responses => responses,
        body => body(&scope, operation),
        accepts => operation.accepts,
        bodies => operation.bodies.iter().map(|it| bodies::item(&scope, it)).collect::<Vec<_>>(),
        violations => operation.violations.map_or_else(|| rust(&quote!(None)), |code| {
            let code = Literal::u16_unsuffixed(code);
            rust(&quote!(Some(#code)))
        }),
        constants => names(operation.parameters.iter().map(|it| it.constant.as_str())),
        tags => tags(operation),
        undocumented => !has_default,
        matches => operation.responses.len() > usize::from(has_default),
        default => !required,
        constructor => constructor(&scope, operation),
    }
}

fn tags(operation: &OperationPlan) -> Value {
    let tags = operation.tags.iter().map(|tag| Literal::string(tag));
    rust(&quote!(&[#(#tags),*]))
}

/// The arguments of `new`; none where there would be more than people can tell apart.
fn constructor(scope: &Scope<'_>, operation: &OperationPlan) -> Value {
    let into = scope.std("Into", &quote!(::core::convert));
    let argument = |name: &str, ty: TokenStream, is_text: bool| {
        let ty = if is_text { quote!(impl #into<#ty>) } else { ty };
        context! { name, ty => rust(&ty), is_text }
    };
    let parameters = operation.parameters.iter().filter(|it| it.required);
    let parameters = parameters.map(|it| argument(&it.name, scope.ty(&it.ty), it.ty == RustType::String));
    let body = operation.body.as_ref().filter(|it| it.required);
    let body = body.map(|it| argument("body", bodies::ty(scope, &it.payload.ty), false));
    let arguments: Vec<_> = parameters.chain(body).collect();
    if arguments.len() > MOST_ARGUMENTS { Value::from(()) } else { Value::from(arguments) }
}

/// The names of the items that an operation's file makes, those of its models left out.
pub(super) fn operation_items(operation: &OperationPlan) -> Vec<String> {
    let parameters = operation.parameters.iter().map(|it| it.constant.clone());
    let headers = distinct_headers(operation).into_iter().map(|it| it.constant.clone());
    let ends = ["Request", "Response"].map(str::to_owned).into_iter().chain(success::item(operation));
    let bodies = operation.bodies.iter().map(|it| it.name().to_owned());
    std::iter::once("OPERATION".to_owned()).chain(parameters).chain(headers).chain(ends).chain(bodies).collect()
}

/// The headers of all answers, each constant once.
fn distinct_headers(operation: &OperationPlan) -> Vec<&HeaderPlan> {
    let mut all: Vec<&HeaderPlan> = Vec::new();
    for header in operation.responses.iter().flat_map(|it| &it.headers) {
        if !all.iter().any(|it| it.constant == header.constant) {
            all.push(header);
        }
    }
    all
}

pub(super) fn head(operation: &OperationPlan) -> Value {
    let method = format_ident!("{}", operation.method.to_string());
    context! {
        module => operation.module.as_str(),
        function => operation.function.as_str(),
        id => operation.id.as_str(),
        path => operation.path.as_str(),
        method => rust(&quote!(#method)),
        docs => docs(&operation.docs, operation.deprecated),
        line => format!("`{} {}`", operation.method, operation.path.replace('`', "'")),
        deprecated => operation.deprecated,
        pages => format!(
            "The pages of `{}`, each asked for when it is wanted; `items` gives what is on them.",
            operation.function.trim_start_matches("r#")
        ),
    }
}

fn names<'a>(all: impl Iterator<Item = &'a str>) -> Vec<Value> {
    all.map(Value::from).collect()
}

fn parameter(scope: &Scope<'_>, it: &ParameterPlan) -> Value {
    let ty = scope.ty(&it.ty);
    let field = if it.required { ty } else { quote!(Option<#ty>) };
    let place = match it.location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
    };
    context! {
        name => it.name.as_str(),
        setter => format!("with_{}", it.name.trim_start_matches("r#")),
        required => it.required,
        held => rust(&scope.ty(&it.ty)),
        constant => it.constant.as_str(),
        docs => docs(&it.docs, it.deprecated),
        about => format!("{place} parameter `{}`.", it.wire.replace('`', "'")),
        ty => rust(&field),
        value => rust(&described_parameter(it)),
    }
}

/// The constructor of its location where that says all, else with the fields that differ.
fn described_parameter(it: &ParameterPlan) -> TokenStream {
    let constructor = format_ident!("{}", it.location.as_str());
    let (name, pointer, shape) = (Literal::string(&it.wire), Literal::string(&it.pointer), shape(&it.shape));
    let base = quote!(params::Parameter::#constructor(#name, #pointer, #shape));
    let usual = match it.location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    };
    let mut differ = Vec::new();
    match &it.form {
        ParameterForm::Content(_) => differ.push(quote!(content: true)),
        ParameterForm::Style { style, explode, allow_reserved } => {
            if *style != usual {
                let style = style_ident(*style);
                differ.push(quote!(style: params::Style::#style));
            }
            if *explode != (usual == Style::Form) {
                differ.push(quote!(explode: #explode));
            }
            if *allow_reserved {
                differ.push(quote!(allow_reserved: true));
            }
        }
    }
    if it.required && it.location != Location::Path {
        differ.push(quote!(required: true));
    }
    if differ.is_empty() { base } else { quote!(params::Parameter { #(#differ,)* ..#base }) }
}

pub(super) fn style_ident(style: Style) -> proc_macro2::Ident {
    let name = match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
    };
    ident(name)
}

pub(super) fn shape(it: &Shape) -> TokenStream {
    match it {
        Shape::Any => quote!(params::Shape::Any),
        Shape::Null => quote!(params::Shape::Null),
        Shape::Boolean => quote!(params::Shape::Boolean),
        Shape::Integer => quote!(params::Shape::Integer),
        Shape::Number => quote!(params::Shape::Number),
        Shape::String => quote!(params::Shape::String),
        Shape::Array(items) => {
            let items = shape(items);
            quote!(params::Shape::Array(&#items))
        }
        Shape::Object(members, rest) => {
            let members = members.iter().map(|(name, it)| {
                let (name, it) = (Literal::string(name), shape(it));
                quote!((#name, #it))
            });
            let rest = shape(rest);
            quote!(params::Shape::Object(&[#(#members),*], Some(&#rest)))
        }
        Shape::OneOf(all) => {
            let all = all.iter().map(shape);
            quote!(params::Shape::OneOf(&[#(#all),*]))
        }
    }
}

fn header(it: &HeaderPlan) -> Value {
    let (name, pointer, shape) = (Literal::string(&it.wire), Literal::string(&it.pointer), shape(&it.shape));
    let base = quote!(params::Parameter::header(#name, #pointer, #shape));
    let mut differ = Vec::new();
    if it.required {
        differ.push(quote!(required: true));
    }
    if it.explode {
        differ.push(quote!(explode: true));
    }
    if it.content {
        differ.push(quote!(content: true));
    }
    let value = if differ.is_empty() { base } else { quote!(params::Parameter { #(#differ,)* ..#base }) };
    context! { constant => it.constant.as_str(), about => format!("Header `{}`.", it.wire), value => rust(&value) }
}

fn body(scope: &Scope<'_>, operation: &OperationPlan) -> Value {
    let Some(body) = &operation.body else { return Value::from(()) };
    let ty = bodies::ty(scope, &body.payload.ty);
    let field = if body.required { ty } else { quote!(Option<#ty>) };
    let required = body.required;
    let content = bodies::contents(&body.payload);
    let value = quote!(Some(http::RequestBody { required: #required, content: &[#content] }));
    context! {
        ty => rust(&field),
        held => rust(&bodies::ty(scope, &body.payload.ty)),
        required,
        docs => body.docs.as_str(),
        value => rust(&value),
    }
}

fn response(scope: &Scope<'_>, idx: usize, it: &ResponsePlan) -> Value {
    let open = !matches!(it.key, ResponseKey::Status(_));
    let body = it.payload.as_ref().map(|payload| bodies::ty(scope, &payload.ty));
    let headers: Vec<_> = it
        .headers
        .iter()
        .map(|header| {
            let ty = scope.ty(&header.ty);
            let field = if header.required { ty } else { quote!(Option<#ty>) };
            context! { name => header.name.as_str(), docs => header.docs.as_str(), ty => rust(&field) }
        })
        .collect();
    let form = match (open || !headers.is_empty(), &body) {
        (true, _) => "struct",
        (false, Some(_)) => "tuple",
        (false, None) => "unit",
    };
    context! {
        variant => it.variant.as_str(),
        docs => it.docs.as_str(),
        form => form,
        open => open,
        headers => headers,
        body => body.map(|ty| rust(&ty)),
        documented => rust(&documented(it)),
        pattern => rust(&status_pattern(it.key)),
        encode => rust(&encode(idx, it)),
        decode => rust(&decode(idx, it)),
    }
}

fn documented(it: &ResponsePlan) -> TokenStream {
    let statuses = match it.key {
        ResponseKey::Status(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(http::Statuses::Exactly(#code))
        }
        ResponseKey::Range(digit) => {
            let digit = Literal::u16_unsuffixed(digit);
            quote!(http::Statuses::Class(#digit))
        }
        ResponseKey::Default => quote!(http::Statuses::Default),
    };
    let content = it.payload.as_ref().map(bodies::contents);
    let headers = (!it.headers.is_empty()).then(|| {
        let headers = it.headers.iter().map(|header| ident(&header.constant));
        quote!(.with_headers(&[#(&#headers),*]))
    });
    let refusal = it.refusal.as_ref().map(|template| {
        let template = Literal::string(template);
        quote!(.with_refusal(#template))
    });
    quote!(http::Documented::new(#statuses, &[#content]) #headers #refusal)
}

fn status_pattern(key: ResponseKey) -> TokenStream {
    let literal = |code: u16| Literal::u16_unsuffixed(code);
    match key {
        ResponseKey::Status(code) => {
            let code = literal(code);
            quote!(#code)
        }
        ResponseKey::Range(digit) => {
            let (first, last) = (literal(digit * 100), literal(digit * 100 + 99));
            quote!(#first..=#last)
        }
        ResponseKey::Default => quote!(_),
    }
}

/// The arm of `encode`: pattern and expression.
fn encode(idx: usize, it: &ResponsePlan) -> TokenStream {
    let variant = ident(&it.variant);
    let status = match it.key {
        ResponseKey::Status(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        ResponseKey::Range(_) | ResponseKey::Default => quote!(status.as_u16()),
    };
    let (message, fallible) = match &it.payload {
        None => (quote!(http::RawResponse::empty(#status)), false),
        Some(payload) => match bodies::only_json(payload) {
            Some("application/json") => (quote!(http::RawResponse::json(#status, http::JSON, &body)), false),
            Some(media_type) => {
                let media_type = Literal::string(media_type);
                (quote!(http::RawResponse::json(#status, #media_type, &body)), false)
            }
            None => {
                let idx = Literal::usize_unsuffixed(idx);
                (quote!(OPERATION.responses[#idx].write(#status, &body)), true)
            }
        },
    };
    let body = it.payload.as_ref().map(|_| quote!(body));
    if it.headers.is_empty() {
        let message = if fallible { message } else { quote!(Ok(#message)) };
        return match (status_is_open(it.key), body) {
            (true, body) => quote!(Self::#variant { status, #body } => #message),
            (false, Some(body)) => quote!(Self::#variant(#body) => #message),
            (false, None) => quote!(Self::#variant => #message),
        };
    }
    let open = status_is_open(it.key).then(|| quote!(status,));
    let fields = it.headers.iter().map(|header| ident(&header.name));
    let mut chain = if fallible { quote!(#message?) } else { message };
    for (idx, header) in it.headers.iter().enumerate() {
        let (constant, name) = (ident(&header.constant), ident(&header.name));
        let question = (idx + 1 < it.headers.len()).then(|| quote!(?));
        chain = if header.required {
            quote!(#chain.with_header(&#constant, &#name) #question)
        } else {
            quote!(#chain.with_optional_header(&#constant, #name.as_ref()) #question)
        };
    }
    quote!(Self::#variant { #open #(#fields,)* #body } => #chain)
}

/// The arm of `decode`: an expression of the result.
fn decode(idx: usize, it: &ResponsePlan) -> TokenStream {
    let variant = ident(&it.variant);
    let read = it.payload.as_ref().map(|payload| {
        if bodies::only_json(payload).is_some() {
            return quote!(response.read_json());
        }
        let idx = Literal::usize_unsuffixed(idx);
        quote!(response.read(&SCHEMAS, &OPERATION.responses[#idx]))
    });
    if it.headers.is_empty() && !status_is_open(it.key) {
        return read.map_or_else(|| quote!(Ok(Self::#variant)), |read| quote!(#read.map(Self::#variant)));
    }
    let status = status_is_open(it.key).then(|| quote!(status: response.status,));
    let headers = it.headers.iter().map(|header| {
        let (constant, name) = (ident(&header.constant), ident(&header.name));
        let read = if header.required { quote!(read_header) } else { quote!(read_optional_header) };
        quote!(#name: response.#read(&SCHEMAS, &#constant)?,)
    });
    let body = read.map(|read| quote!(body: #read?,));
    quote!(Ok(Self::#variant { #status #(#headers)* #body }))
}

fn status_is_open(key: ResponseKey) -> bool {
    !matches!(key, ResponseKey::Status(_))
}
