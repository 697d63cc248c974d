//! Streams of values: a body whose items are sent and read one by one.
//!
//! JSON lines and JSON text sequences hold values, server-sent events hold events around values. An item is valid on its
//! own, so a reader gets the first one while the last one is not made yet.

use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_util::{Stream, StreamExt, stream};

use super::body::{Incoming, Outgoing, ReadBody, WriteBody};
use super::byte_stream::once;
use super::faults::{Fault, Faults};
use super::frames::{Framing, frames};
use super::send::{BoxError, BoxStream, MaybeSend};
use super::{Answer, ByteStream, Codec, Leniency, Raw};
use crate::support::{Direction, Model, Violations, decode_in, json, tolerate};

/// The items of a body, as they come. A stream can be read once, and its clones share it: a second request with it is an
/// error.
pub struct Items<T> {
    stream: Arc<Mutex<BoxStream<'static, Result<T, ItemError>>>>,
    /// Whether the item came that says that there are no more.
    ended: Arc<AtomicBool>,
    /// What blocks without data said, of which no event has come yet.
    before: Arc<Mutex<Before>>,
    /// Whether a request was sent with them.
    is_sent: Arc<AtomicBool>,
}

/// Why there is no next item.
#[derive(Debug)]
pub enum ItemError {
    /// The item is not as its schema wants it; those behind it may be.
    Invalid(Violations),
    /// The item is longer than any item may be.
    TooLarge,
    /// The stream broke off.
    Interrupted(BoxError),
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(violations) => write!(f, "an item is not valid: {}", violations.summary()),
            Self::TooLarge => f.write_str("an item is too large"),
            Self::Interrupted(_) => f.write_str("the stream broke off"),
        }
    }
}

impl std::error::Error for ItemError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(violations) => Some(violations),
            Self::TooLarge => None,
            Self::Interrupted(error) => Some(&**error),
        }
    }
}

impl<T: 'static> Items<T> {
    /// The items of a stream, which are sent as they come; an error breaks the body off.
    pub fn new(stream: impl Stream<Item = Result<T, BoxError>> + MaybeSend + 'static) -> Self {
        Self::streamed(stream.map(|item| item.map_err(ItemError::Interrupted)))
    }

    /// Items that are there already.
    pub fn from_values<I: IntoIterator<Item = T>>(values: I) -> Self
    where
        I::IntoIter: MaybeSend + 'static,
    {
        Self::streamed(stream::iter(values).map(Ok))
    }

    pub(crate) fn streamed(stream: impl Stream<Item = Result<T, ItemError>> + MaybeSend + 'static) -> Self {
        // Whoever asks once more behind the end gets nothing: not every stream bears that.
        let stream = Arc::new(Mutex::new(Box::pin(stream.fuse()) as BoxStream<'static, _>));
        Self { stream, ended: Arc::default(), before: Arc::default(), is_sent: Arc::default() }
    }

    /// Whether the item came that says that there are no more, and not just the end of the connection.
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// The id and the wait that blocks without data asked for, behind the last event.
    #[cfg(feature = "client")]
    pub(crate) fn rest(&self) -> (Option<String>, Option<u64>) {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        (before.id.take(), before.retry.take())
    }

    /// Writes the items of a body, each as its text.
    fn put(&self, out: &mut Outgoing, write: impl Fn(&T) -> Result<String, BoxError> + MaybeSend + 'static)
    where
        T: MaybeSend,
    {
        let texts = self.clone().map(move |item| Ok(write(&item?)?.into()));
        out.put_once(if out.schemas.is_some() { once(&self.is_sent, texts) } else { Some(ByteStream::new(texts)) });
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.stream.lock().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(cx)
    }
}

impl<T> Clone for Items<T> {
    fn clone(&self) -> Self {
        let Self { stream, ended, before, is_sent } = self;
        Self { stream: stream.clone(), ended: ended.clone(), before: before.clone(), is_sent: is_sent.clone() }
    }
}

/// A stream equals its clones only.
impl<T> PartialEq for Items<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.stream, &other.stream)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items(..)")
    }
}

/// A server-sent event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Event<T> {
    /// What kind of event it is; none is `message`.
    pub event: Option<String>,
    /// From where a client that reconnects wants to go on.
    pub id: Option<String>,
    /// How many milliseconds a client waits before it reconnects.
    pub retry: Option<u64>,
    /// What it is about.
    pub data: T,
}

impl<T> Event<T> {
    /// An event of no particular kind.
    pub fn new(data: T) -> Self {
        Self { event: None, id: None, retry: None, data }
    }

    /// The same event of a kind.
    #[must_use]
    pub fn of_kind(self, event: impl Into<String>) -> Self {
        Self { event: Some(event.into()), ..self }
    }

    /// The same event with an id.
    #[must_use]
    pub fn with_id(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }
}

/// What the data of an event may be: a model as JSON, or text.
pub trait EventData: Sized {
    /// The data that says of a response that there is no more, where nobody names another: none that the type can have.
    const END: Option<&'static str>;

    /// Reads the data.
    ///
    /// # Errors
    /// Every violation, each with its place in the data.
    fn read(data: String, direction: Direction) -> Result<Self, Violations>;

    /// Reads the data as far as the type can hold it, with what is not as documented.
    ///
    /// # Errors
    /// Every violation, each with its place in the data.
    fn tolerate(data: String) -> Result<(Self, Violations), Violations>;

    /// Writes the data, which is checked where it is a request.
    ///
    /// # Errors
    /// Every violation, each with its place in the data.
    fn write(&self, checked: bool) -> Result<String, Violations>;
}

impl<T: Model> EventData for T {
    /// What services write whose clients are told that a stream is whole; no JSON is that.
    const END: Option<&'static str> = Some("[DONE]");

    fn read(data: String, direction: Direction) -> Result<Self, Violations> {
        decode_in(data.as_bytes(), direction)
    }

    fn tolerate(data: String) -> Result<(Self, Violations), Violations> {
        tolerate(data.as_bytes())
    }

    fn write(&self, checked: bool) -> Result<String, Violations> {
        line(self, checked)
    }
}

impl EventData for String {
    const END: Option<&'static str> = None;

    fn read(data: String, _: Direction) -> Result<Self, Violations> {
        Ok(data)
    }

    fn tolerate(data: String) -> Result<(Self, Violations), Violations> {
        Ok((data, Violations::default()))
    }

    fn write(&self, _: bool) -> Result<String, Violations> {
        Ok(self.clone())
    }
}

/// A value as one line of JSON.
fn line<T: Model>(value: &T, checked: bool) -> Result<String, Violations> {
    if checked {
        value.validate(Direction::Request)?;
    }
    Ok(String::from_utf8_lossy(&json::to_vec(value)).into_owned())
}

impl<T: Model + MaybeSend + 'static> ReadBody for Items<T> {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let framing = match body.content().map(|it| it.codec) {
            Some(Codec::Sequence) => Framing::Sequence,
            _ => Framing::Lines,
        };
        let exactness = Exactness::new(&body);
        let items = frames(body.stream(), framing).enumerate();
        let read = move |item: &[u8], number| {
            exactness.read(number, |leniency, direction| match leniency {
                Leniency::Strict => Ok((decode_in(item, direction)?, Violations::default())),
                Leniency::Tolerant => tolerate(item),
            })
        };
        Ok(Self::streamed(items.map(move |(number, item)| read(&item?, number).map_err(ItemError::Invalid))))
    }
}

impl<T: Model + MaybeSend + 'static> WriteBody for Items<T> {
    fn write(&self, out: &mut Outgoing) {
        let checked = out.schemas.is_some();
        let before = match out.content().map(|it| it.codec) {
            Some(Codec::Sequence) => "\u{1e}",
            _ => "",
        };
        self.put(out, move |item| Ok(format!("{before}{}\n", line(item, checked)?)));
    }
}

impl<T: EventData + MaybeSend + 'static> ReadBody for Items<Event<T>> {
    fn read(body: Incoming) -> Result<Self, Violations> {
        let ended = Arc::new(AtomicBool::new(false));
        let usual = T::END.filter(|_| body.direction == Direction::Response);
        let end = body.answer.as_deref().and_then(Answer::end).or_else(|| usual.map(Arc::from));
        let exactness = Exactness::new(&body);
        let read = move |data: String, number| {
            exactness.read(number, |leniency, direction| match leniency {
                Leniency::Strict => Ok((T::read(data, direction)?, Violations::default())),
                Leniency::Tolerant => T::tolerate(data),
            })
        };
        let (is_over, before) = (ended.clone(), Arc::<Mutex<Before>>::default());
        let said = before.clone();
        let events = frames(body.stream(), Framing::Events).enumerate().filter_map(move |(number, block)| {
            let event = block.map(|block| said.lock().unwrap_or_else(PoisonError::into_inner).event(&block));
            let event = event.transpose();
            async move { event.map(|it| (number, it)) }
        });
        let events = events.take_while(move |(_, event)| {
            let is_end = end.as_deref().is_some_and(|end| event.as_ref().is_ok_and(|it| it.data == end));
            is_over.fetch_or(is_end, Ordering::AcqRel);
            async move { !is_end }
        });
        let events = events.map(move |(number, event)| {
            let Event { event, id, retry, data } = event?;
            Ok(Event { event, id, retry, data: read(data, number).map_err(ItemError::Invalid)? })
        });
        Ok(Self { ended, before, ..Self::streamed(events) })
    }
}

impl<T: EventData + MaybeSend + 'static> WriteBody for Items<Event<T>> {
    fn write(&self, out: &mut Outgoing) {
        let checked = out.schemas.is_some();
        self.put(out, move |event| block(event, checked));
    }
}

/// How exactly the items of a body are read.
pub(crate) struct Exactness {
    direction: Direction,
    answer: Option<Box<Answer>>,
    faults: Option<Faults>,
}

impl Exactness {
    pub(crate) fn new(body: &Incoming) -> Self {
        let faults = if let Raw::Stream(stream) = &body.raw { stream.faults().cloned() } else { None };
        Self { direction: body.direction, answer: body.answer.clone(), faults }
    }

    pub(crate) fn read<T>(
        &self,
        number: usize,
        read: impl FnOnce(Leniency, Direction) -> Result<(T, Violations), Violations>,
    ) -> Result<T, Violations> {
        if let Some(answer) = &self.answer {
            return answer.item(number, read(answer.leniency(), self.direction));
        }
        let read = read(Leniency::Strict, self.direction).map(|(value, _)| value);
        if let (Err(violations), Some(faults)) = (&read, &self.faults) {
            faults.note(Fault::Invalid(number, violations.clone()));
        }
        read
    }
}

/// What blocks without data say of the event behind them.
#[derive(Default)]
struct Before {
    id: Option<String>,
    retry: Option<u64>,
}

impl Before {
    /// The event of a block of lines; none where the block has no data.
    fn event(&mut self, block: &[u8]) -> Option<Event<String>> {
        let Event { event, id, retry, data } = event(block);
        self.id = id.or(self.id.take());
        self.retry = retry.or(self.retry.take());
        Some(Event { event, data: data?, id: self.id.take(), retry: self.retry.take() })
    }
}

/// What a block of lines says.
pub(crate) fn event(block: &[u8]) -> Event<Option<String>> {
    let block = String::from_utf8_lossy(block);
    let (mut data, mut event) = (Vec::new(), Event::new(None));
    for line in block.lines() {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => data.push(value),
            "event" => event.event = Some(value.to_owned()).filter(|it| !it.is_empty()),
            "id" if !value.contains('\0') => event.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|it| it.is_ascii_digit()) => event.retry = value.parse().ok(),
            _ => {}
        }
    }
    event.data = (!data.is_empty()).then(|| data.join("\n"));
    event
}

fn block<T: EventData>(event: &Event<T>, checked: bool) -> Result<String, BoxError> {
    let mut block = String::new();
    for (field, value) in [("event", &event.event), ("id", &event.id)] {
        let Some(value) = value else { continue };
        if value.contains(['\r', '\n', '\0']) {
            return Err(format!("the {field} of an event has a line break in it").into());
        }
        block.extend([field, ": ", value, "\n"]);
    }
    if let Some(retry) = event.retry {
        block.extend(["retry: ", &retry.to_string(), "\n"]);
    }
    let data = event.data.write(checked)?;
    // A lone carriage return ends a line, too.
    for line in data.replace("\r\n", "\n").split(['\n', '\r']) {
        block.extend(["data: ", line, "\n"]);
    }
    block.push('\n');
    Ok(block)
}
