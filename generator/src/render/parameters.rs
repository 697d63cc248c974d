//! What templates see of parameters and headers, those of an operation and those that operations share.

use minijinja::context;
use minijinja::value::Value;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::fragment::laid_out;
use super::tokens::ident;
use crate::ir::{Location, ParameterForm, Style};
use crate::plan::{ApiPlan, Described, Shape, SharedParameter};

/// The parameters and headers of `parameters.rs`.
pub(super) fn shared(plan: &ApiPlan) -> Vec<Value> {
    plan.parameters.iter().map(constant).collect()
}

fn constant(it: &SharedParameter) -> Value {
    let wire = it.described.wire.replace('`', "'");
    let about = match it.described.location {
        Location::Path => format!("Path parameter `{wire}`."),
        Location::Query => format!("Query parameter `{wire}`."),
        Location::Header => format!("Header `{wire}`."),
        Location::Cookie => format!("Cookie `{wire}`."),
    };
    context! { name => it.name.as_str(), about, value => super::fragment::rust(&described(&it.described)) }
}

/// Its name where operations share it, else what the run time knows of it; `before` is how much stands in front of it, on
/// a line that is indented by so many levels.
pub(super) fn value(it: &Described, shared: Option<&String>, before: usize, level: usize) -> Value {
    let value = match shared {
        Some(name) => {
            let name = ident(name);
            quote!(parameters::#name)
        }
        None => described(it),
    };
    laid_out(&value, before, level)
}

/// The constructor of its location where that says all, else with the fields that differ.
fn described(it: &Described) -> TokenStream {
    let typed = if it.typed { "typed_" } else { "" };
    let constructor = format_ident!("{typed}{}", it.location.as_str());
    let (name, pointer, shape) = (Literal::string(&it.wire), Literal::string(&it.pointer), shape(&it.shape));
    let base = quote!(params::Parameter::#constructor(#name, #pointer, #shape));
    let usual = it.location.style();
    let mut differ = Vec::new();
    match &it.form {
        ParameterForm::Content(_) => differ.push(quote!(content: true)),
        ParameterForm::Whole(_) => {
            differ.extend(it.form.is_json().then(|| quote!(content: true)));
            differ.push(quote!(whole: true));
        }
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
    if it.allow_empty {
        differ.push(quote!(allow_empty: true));
    }
    if differ.is_empty() { base } else { quote!(params::Parameter { #(#differ,)* ..#base }) }
}

/// The variant of a location in the run time.
pub(super) fn location_ident(location: Location) -> proc_macro2::Ident {
    ident(match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
    })
}

fn style_ident(style: Style) -> proc_macro2::Ident {
    ident(style_name(style))
}

pub(super) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::TabDelimited => "TabDelimited",
        Style::DeepObject => "DeepObject",
        Style::Cookie => "Cookie",
    }
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
