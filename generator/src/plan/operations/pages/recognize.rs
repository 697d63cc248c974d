//! Pagination that nobody declares, by the shapes and names that APIs share.
//!
//! A name alone decides nothing: it takes a parameter or header that leads on, and a body with a list and with what that
//! parameter takes. What is recognized in error is one more method, which nobody has to call.

use crate::ir::{Api, Location, Operation, Parameter, Response, ResponseKey, SchemaId, Step, Type};
use crate::plan::operations::shapes::shape;
use crate::plan::words::Shape;
use crate::schemas::{View, whole};
use crate::source::{Number, Pointer};

/// Where lists of items are.
const ITEMS: [&str; 14] = [
    "data",
    "items",
    "results",
    "value",
    "values",
    "records",
    "entries",
    "content",
    "rows",
    "list",
    "resources",
    "data/items",
    "data/results",
    "result/items",
];
/// Parameters that take what the body says.
const CURSORS: [&str; 22] = [
    "cursor",
    "after",
    "page_token",
    "pageToken",
    "next_token",
    "nextToken",
    "pagination_token",
    "paginationToken",
    "continuation_token",
    "continuationToken",
    "next_cursor",
    "nextCursor",
    "start_cursor",
    "startCursor",
    "marker",
    "continue",
    "next_page_token",
    "next",
    "page[after]",
    "page[cursor]",
    "PageToken",
    "page",
];
/// What the body says for them, and where.
const NEXT: [&str; 21] = [
    "next_cursor",
    "nextCursor",
    "next_page_token",
    "nextPageToken",
    "next_token",
    "nextToken",
    "continuation_token",
    "continuationToken",
    "end_cursor",
    "endCursor",
    "next_marker",
    "nextMarker",
    "next_page",
    "nextPage",
    "last_id",
    "continue",
    "after",
    "next",
    "marker",
    "cursor",
    "pagination_token",
];
const WHERE: [&str; 14] = [
    "",
    "meta/",
    "paging/",
    "pagination/",
    "metadata/",
    "cursors/",
    "paging/cursors/",
    "page_info/",
    "pageInfo/",
    "response_metadata/",
    "cursor/",
    "meta/pagination/",
    "_metadata/",
    "page/",
];
/// Parameters that take the key of the last item, and the key.
const AFTER: [&str; 4] = ["starting_after", "after", "start_after", "after_id"];
/// Whether there are more, and where the body says so.
const MORE: [&str; 6] = ["has_more", "hasMore", "has_next", "hasNext", "has_next_page", "hasNextPage"];
/// Parameters that count pages, the number of the last one, and how many there are.
const PAGES: [&str; 8] =
    ["page", "page_number", "pageNumber", "page[number]", "page_no", "pageNo", "pageIndex", "Page"];
const LAST: [&str; 2] = ["last_page", "lastPage"];
const COUNTS: [&str; 4] = ["total_pages", "totalPages", "page_count", "pageCount"];
/// Parameters that count items, and those beside them that bound a page.
const OFFSETS: [&str; 5] = ["offset", "skip", "$skip", "page[offset]", "start"];
const LIMITS: [&str; 14] = [
    "limit",
    "count",
    "size",
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "top",
    "$top",
    "max_results",
    "maxResults",
    "take",
    "rows",
    "page[limit]",
];
/// Where the body has the URL of the next page.
const URLS: [&str; 13] = [
    "next",
    "next_page_url",
    "nextPageUrl",
    "next_url",
    "nextLink",
    "@odata.nextLink",
    "links/next",
    "links/next/href",
    "_links/next/href",
    "_links/next",
    "paging/next",
    "pagination/next",
    "meta/next",
];

/// How the pages of an operation follow one another, where its shape says so.
pub(super) fn recognized(api: &Api, operation: &Operation) -> Option<Step> {
    let (response, body) = success(operation)?;
    let it = Shapes { api, operation, body };
    let items = items(api, body);
    let counted = || {
        items.as_ref()?;
        it.counted_pages().or_else(|| it.offset())
    };
    it.cursor()
        .or_else(|| it.last_item(items.as_deref()?))
        .or_else(counted)
        .or_else(|| items.as_ref().and_then(|_| it.url()))
        .or_else(|| items.as_ref().and_then(|_| link(&operation.responses[response])))
}

/// The first response of success that is JSON, and its schema.
pub(super) fn success(operation: &Operation) -> Option<(usize, SchemaId)> {
    let schema = |it: &Response| {
        let is_success = matches!(it.key, ResponseKey::Status(200..=299) | ResponseKey::Range(2));
        it.content.iter().find(|it| is_success && it.media_type.is_json()).and_then(|it| it.schema)
    };
    operation.responses.iter().enumerate().find_map(|(position, it)| Some((position, schema(it)?)))
}

/// The pointer to the list of items in a body: the body itself, a usual place, or the only list at its top.
pub(super) fn items(api: &Api, body: SchemaId) -> Option<String> {
    let is_list = |it: SchemaId| View::new(api, it).single() == Some(Type::Array);
    if is_list(body) {
        return Some(String::new());
    }
    let usual = ITEMS.into_iter().find(|path| property(api, body, path).is_some_and(is_list));
    let view = View::new(api, body);
    let properties = view.properties();
    let lists = properties.iter().filter(|(_, schemas)| schemas.first().is_some_and(|it| is_list(*it)));
    let mut lists = lists.map(|(name, _)| (*name).to_owned());
    let only = lists.next().filter(|_| lists.next().is_none());
    let path = usual.map(str::to_owned).or_else(|| only.map(|it| Pointer::escape(&it).into_owned()))?;
    Some(format!("/{path}"))
}

/// An operation, and the body of its success.
struct Shapes<'a> {
    api: &'a Api,
    operation: &'a Operation,
    body: SchemaId,
}

impl<'a> Shapes<'a> {
    /// The first query parameter that has one of some names and one of some shapes.
    fn parameter(&self, names: &[&str], shapes: &[Shape]) -> Option<&'a Parameter> {
        let is = |it: &&Parameter, name: &str| it.location == Location::Query && it.name == name;
        let mut found = names.iter().filter_map(|name| self.operation.parameters.iter().find(|it| is(it, name)));
        found.find(|it| shapes.contains(&shape(self.api, it.schema)))
    }

    /// The pointer to the first property that is there and of a type.
    fn place(&self, paths: impl IntoIterator<Item = String>, ty: Type) -> Option<String> {
        let is = |path: &str| property(self.api, self.body, path).and_then(|it| View::new(self.api, it).single());
        paths.into_iter().find(|path| is(path) == Some(ty)).map(|it| format!("/{it}"))
    }

    /// The same for a name, wherever a body says what a page is.
    fn anywhere(&self, names: &[&str], ty: Type) -> Option<String> {
        self.place(WHERE.iter().flat_map(|place| names.iter().map(move |name| format!("{place}{name}"))), ty)
    }

    fn more(&self) -> Option<String> {
        self.anywhere(&MORE, Type::Boolean)
    }

    fn cursor(&self) -> Option<Step> {
        let parameter = self.parameter(&CURSORS, &[Shape::String, Shape::Any])?;
        let next = self.anywhere(&NEXT, Type::String)?;
        let more = self.more();
        // The last id is there on the last page, too.
        (next != "/last_id" || more.is_some()).then(|| Step::Cursor { parameter: parameter.name.clone(), next, more })
    }

    fn last_item(&self, items: &str) -> Option<Step> {
        let parameter = self.parameter(&AFTER, &[Shape::String, Shape::Any])?;
        let more = self.more()?;
        let list = property(self.api, self.body, items.trim_start_matches('/'))?;
        let item = View::new(self.api, list).schemas().find_map(|it| it.assertions.arrays.items)?;
        property(self.api, item, "id")?;
        Some(Step::After { parameter: parameter.name.clone(), key: "/id".to_owned(), more: Some(more) })
    }

    fn counted_pages(&self) -> Option<Step> {
        let parameter = self.parameter(&PAGES, &[Shape::Integer])?;
        let view = View::new(self.api, parameter.schema);
        let default = view.default().and_then(whole);
        // Where page 0 is allowed, and no other page is said to be the first, that is.
        let has_zero = || view.schemas().any(|it| it.numbers.minimum.as_ref().and_then(Number::as_i128) == Some(0));
        let is_zero = default.map_or_else(has_zero, |it| it == 0);
        Some(Step::Page {
            parameter: parameter.name.clone(),
            first: is_zero.then_some(0),
            last: self.anywhere(&LAST, Type::Integer),
            pages: self.anywhere(&COUNTS, Type::Integer),
            more: self.more(),
        })
    }

    fn offset(&self) -> Option<Step> {
        let parameter = self.parameter(&OFFSETS, &[Shape::Integer])?;
        // A start alone may be anything, such as a time.
        let is_bounded = || self.parameter(&LIMITS, &[Shape::Integer]).is_some();
        (parameter.name != "start" || is_bounded())
            .then(|| Step::Offset { parameter: parameter.name.clone(), more: self.more() })
    }

    fn url(&self) -> Option<Step> {
        self.place(URLS.map(str::to_owned), Type::String).map(|next| Step::Url { next })
    }
}

/// A documented header `Link`.
fn link(response: &Response) -> Option<Step> {
    response.headers.iter().any(|it| it.name.eq_ignore_ascii_case("link")).then_some(Step::Link)
}

/// The schema of a property of a property; the empty path is the schema itself.
fn property(api: &Api, schema: SchemaId, path: &str) -> Option<SchemaId> {
    let steps = path.split('/').filter(|it| !it.is_empty());
    steps.into_iter().try_fold(schema, |schema, name| View::new(api, schema).properties().get(name)?.first().copied())
}
