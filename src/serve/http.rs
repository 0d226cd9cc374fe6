//! As much HTTP/1.1 (RFC 9112) as a preview needs: a request, an answer, and the connection is closed.
//!
//! A fixed number of threads answers, so that any number of requests at once costs time and nothing else. A stream of
//! events is given away and holds no thread, and neither does a connection on which nothing is asked yet.

use super::answer::{self, Answer};
use super::clients::Clients;
use super::lobby::{Guest, Lobby};
use super::state::State;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Threads that answer.
const THREADS: usize = 16;

/// Stack of each: a page nests as deep as the limit on nesting allows.
pub(super) const STACK: usize = 16 * 1024 * 1024;

/// Stack of a thread that waits for a request.
const SMALL_STACK: usize = 256 * 1024;

/// Requests that wait for a thread; others wait in the system.
const WAITING: usize = 16;

/// How long each part of a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(3);

/// In how many parts the head of a request may arrive.
const MOST_PARTS: usize = 32;

/// Longest head of a request, in bytes.
const MOST_HEAD: usize = 16 * 1024;

/// How many bytes are taken in that nobody reads.
const MOST_REST: usize = 256 * 1024;

/// A request, as far as a preview looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Request {
    /// `GET`, `HEAD` …
    pub(super) method: String,
    /// Path and query as written.
    pub(super) target: String,
    /// `Host`.
    pub(super) host: Option<String>,
}

/// A request and where its answer goes.
type Asked = (Arc<TcpStream>, Request);

/// Begins to answer, in threads of their own.
pub(super) fn serve(listener: TcpListener, state: &Arc<State>, clients: &Arc<Clients>) -> io::Result<()> {
    let port = listener.local_addr()?.port();
    let (queue, waiting) = sync_channel::<Asked>(WAITING);
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..THREADS {
        let (waiting, state, clients) = (Arc::clone(&waiting), Arc::clone(state), Arc::clone(clients));
        let work = move || {
            while let Some((stream, request)) = next(&waiting) {
                // Nothing that a page holds may end the preview; what went wrong is on standard error.
                let handled = catch_unwind(AssertUnwindSafe(|| handle(&stream, &request, port, &state, &clients)));
                drop(handled);
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(work)?;
    }
    thread::Builder::new().spawn(move || accept(&listener, &queue))?;
    Ok(())
}

fn next(waiting: &Mutex<Receiver<Asked>>) -> Option<Asked> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn accept(listener: &TcpListener, queue: &SyncSender<Asked>) {
    let lobby = Arc::new(Lobby::default());
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Out of files, mostly: some are closed soon.
            thread::sleep(Duration::from_millis(5));
            continue;
        };
        let stream = Arc::new(stream);
        let guest = lobby.enter(&stream);
        let queue = queue.clone();
        let listen = move || listen(stream, guest, &queue);
        // Where there is no thread to be had, the connection is closed, and the browser asks again.
        let _ = thread::Builder::new().stack_size(SMALL_STACK).spawn(listen);
    }
}

/// Waits for a request and passes it on.
fn listen(stream: Arc<TcpStream>, guest: Guest, queue: &SyncSender<Asked>) {
    let ready = stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| stream.set_write_timeout(Some(PATIENCE)))
        .and_then(|()| stream.set_nodelay(true));
    if ready.is_err() {
        return;
    }
    let asked = read(&stream);
    guest.has_asked();
    match asked {
        // The queue has no end as long as there are threads that answer.
        Ok(Some(request)) => drop(queue.send((stream, request))),
        Ok(None) => {}
        Err(status) => {
            let written = write(&stream, &Head::of(status, TEXT), status.as_bytes(), true);
            // Nobody can be told that a connection was lost.
            let _ = written.map(|()| let_go(&stream));
        }
    }
}

fn handle(stream: &Arc<TcpStream>, request: &Request, port: u16, state: &State, clients: &Clients) {
    let is_head = request.method == "HEAD";
    // Nobody can be told that a connection was lost.
    let _ = match answer::answer(request, port, state) {
        Answer::Events { pages } => {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                        X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
            let written = (&**stream).write_all(head.as_bytes());
            if is_head { written } else { written.map(|()| clients.add(Arc::clone(stream), pages, state)) }
        }
        Answer::File { status, kind, bytes } => write(stream, &Head::of(status, kind), &bytes, !is_head),
        Answer::Elsewhere { address } => {
            let head = Head { place: Some(&address), ..Head::of("301 Moved Permanently", TEXT) };
            write(stream, &head, b"this folder's address ends with a slash\n", !is_head)
        }
    };
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let_go(stream);
    }
}

/// What stands above an answer.
struct Head<'a> {
    status: &'a str,
    kind: &'a str,
    place: Option<&'a str>,
}

const TEXT: &str = "text/plain; charset=utf-8";

impl<'a> Head<'a> {
    fn of(status: &'a str, kind: &'a str) -> Self {
        Head { status, kind, place: None }
    }
}

fn write(mut stream: &TcpStream, head: &Head<'_>, body: &[u8], whole: bool) -> io::Result<()> {
    let Head { status, kind, place } = head;
    let place = place.map(|place| format!("Location: {place}\r\n")).unwrap_or_default();
    let allow = if status.starts_with("405") { "Allow: GET, HEAD\r\n" } else { "" };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{place}{allow}\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    let mut answer = head.into_bytes();
    answer.extend_from_slice(if whole { body } else { &[] });
    stream.write_all(&answer)?;
    stream.flush()
}

/// Takes in what still comes, since closing before would cut the answer off on its way (RFC 9112 § 9.6).
fn let_go(mut stream: &TcpStream) {
    if stream.shutdown(Shutdown::Write).is_err() {
        return;
    }
    let mut buffer = [0; 4096];
    for _ in 0..MOST_REST / buffer.len() {
        if !stream.read(&mut buffer).is_ok_and(|length| length > 0) {
            return;
        }
    }
}

/// Reads the head of a request; none when nothing was asked.
///
/// # Errors
/// The status of the answer to what is no request.
fn read(mut stream: &TcpStream) -> Result<Option<Request>, &'static str> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    for _ in 0..MOST_PARTS {
        let length = match stream.read(&mut buffer) {
            Ok(0) => return if head.is_empty() { Ok(None) } else { Err("400 Bad Request") },
            Ok(length) => length,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return if head.is_empty() { Ok(None) } else { Err("408 Request Timeout") },
        };
        head.extend(buffer.iter().take(length));
        match parse(&head) {
            Ok(Some(request)) => return Ok(Some(request)),
            Ok(None) if head.len() > MOST_HEAD => return Err("431 Request Header Fields Too Large"),
            Ok(None) => {}
            Err(status) => return Err(status),
        }
    }
    Err("408 Request Timeout")
}

/// A request, once its head is whole.
///
/// # Errors
/// The status of the answer to what is no request.
fn parse(head: &[u8]) -> Result<Option<Request>, &'static str> {
    const BROKEN: &str = "400 Bad Request";
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Partial) => return Ok(None),
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err("431 Request Header Fields Too Large"),
        Err(_) => return Err(BROKEN),
    }
    let mut hosts = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = hosts.next().map(|header| String::from_utf8_lossy(header.value).trim().to_owned());
    if hosts.next().is_some() {
        return Err(BROKEN);
    }
    let (method, target) = (parsed.method.unwrap_or_default(), parsed.path.unwrap_or_default());
    Ok(Some(Request { method: method.to_owned(), target: target.to_owned(), host }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_when_they_are_whole() {
        let whole = b"GET /v/d1.html?x=1 HTTP/1.1\r\nhost: localhost:4400\r\nAccept: */*\r\n\r\n";
        for length in 0..whole.len() {
            assert_eq!(parse(&whole[..length]), Ok(None), "cut at {length}");
        }
        let request = parse(whole).unwrap().unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/v/d1.html?x=1"));
        assert_eq!(request.host.as_deref(), Some("localhost:4400"));
    }

    #[test]
    fn what_is_no_request_is_refused() {
        assert_eq!(parse(b"\x16\x03\x01\x02\x00\r\n\r\n"), Err("400 Bad Request"));
        assert_eq!(parse(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), Err("400 Bad Request"));
    }
}
