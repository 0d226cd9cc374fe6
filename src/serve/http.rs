//! As much HTTP/1.1 (RFC 9112) as a preview needs: a request, an answer, and the connection is closed.
//!
//! A fixed number of threads answers, so that any number of requests at once costs time and nothing else. A stream of
//! events is given away and holds no thread.

use super::answer::{self, Answer};
use super::clients::Clients;
use super::state::State;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Threads that answer. Browsers hold connections open on which they ask nothing yet.
const THREADS: usize = 32;

/// Stack of each: a page nests as deep as the limit on nesting allows.
const STACK: usize = 16 * 1024 * 1024;

/// Connections that wait for a thread; others wait in the system.
const WAITING: usize = 1024;

/// How long a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(3);

/// Longest head of a request, in bytes.
const MOST_HEAD: usize = 16 * 1024;

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

/// Begins to answer, in threads of their own.
pub(super) fn serve(listener: TcpListener, state: &Arc<State>, clients: &Arc<Clients>) -> io::Result<()> {
    let address = listener.local_addr()?;
    let (queue, waiting) = sync_channel::<TcpStream>(WAITING);
    let waiting = Arc::new(Mutex::new(waiting));
    for _ in 0..THREADS {
        let (waiting, state, clients) = (Arc::clone(&waiting), Arc::clone(state), Arc::clone(clients));
        let work = move || {
            while let Some(stream) = next(&waiting) {
                // Nothing that a page holds may end the preview; what went wrong is on standard error.
                let handled = catch_unwind(AssertUnwindSafe(|| handle(stream, address.port(), &state, &clients)));
                drop(handled);
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(work)?;
    }
    let accept = move || {
        loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    if queue.send(stream).is_err() {
                        return;
                    }
                }
                // Out of files, mostly: some are closed soon.
                Err(_) => thread::sleep(Duration::from_millis(5)),
            }
        }
    };
    thread::Builder::new().spawn(accept)?;
    Ok(())
}

fn next(waiting: &Mutex<Receiver<TcpStream>>) -> Option<TcpStream> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn handle(mut stream: TcpStream, port: u16, state: &State, clients: &Clients) {
    let ready = stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| stream.set_write_timeout(Some(PATIENCE)))
        .and_then(|()| stream.set_nodelay(true));
    if ready.is_err() {
        return;
    }
    // Nobody can be told that a connection was lost.
    let _ = match read(&mut stream) {
        Ok(Some(request)) => match answer::answer(&request, port, state) {
            Answer::Events { path, version } => {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                            Connection: close\r\n\r\n";
                stream.write_all(head.as_bytes()).map(|()| clients.add(stream, path, version, state))
            }
            Answer::File { status, kind, bytes } => {
                let body = if request.method == "HEAD" { &[][..] } else { &bytes };
                write(&mut stream, status, &kind, bytes.len(), body)
            }
        },
        Ok(None) => Ok(()),
        Err(status) => write(&mut stream, status, "text/plain; charset=utf-8", status.len(), status.as_bytes()),
    };
}

fn write(stream: &mut TcpStream, status: &str, kind: &str, length: usize, body: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    );
    let mut whole = head.into_bytes();
    whole.extend_from_slice(body);
    stream.write_all(&whole)?;
    stream.flush()
}

/// Reads the head of a request; none when nothing was asked.
///
/// # Errors
/// The status of the answer to what is no request.
fn read(stream: &mut TcpStream) -> Result<Option<Request>, &'static str> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let length = match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return if head.is_empty() { Ok(None) } else { Err("400 Bad Request") },
            Ok(length) => length,
        };
        head.extend_from_slice(&buffer[..length]);
        match parse(&head) {
            Ok(Some(request)) => return Ok(Some(request)),
            Ok(None) if head.len() > MOST_HEAD => return Err("431 Request Header Fields Too Large"),
            Ok(None) => {}
            Err(()) => return Err("400 Bad Request"),
        }
    }
}

/// A request, once its head is whole.
fn parse(head: &[u8]) -> Result<Option<Request>, ()> {
    let mut headers = [httparse::EMPTY_HEADER; 100];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Partial) => return Ok(None),
        Ok(httparse::Status::Complete(_)) => {}
        Err(_) => return Err(()),
    }
    let mut hosts = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = hosts.next().map(|header| String::from_utf8_lossy(header.value).trim().to_owned());
    if hosts.next().is_some() {
        return Err(());
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
        assert_eq!(parse(b"\x16\x03\x01\x02\x00\r\n\r\n"), Err(()));
        assert_eq!(parse(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), Err(()));
    }
}
