//! A running preview, spoken to over its port.

use crate::built::Edition;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long anything may take on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running preview; ended when it is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub port: u16,
    said: Arc<Mutex<String>>,
}

impl Edition {
    /// `engross serve` with more arguments, not yet run.
    pub fn serve(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engross"));
        command.arg("--root").arg(self.root()).arg("serve").args(arguments);
        command
    }
}

impl Server {
    /// Starts the preview at any port.
    pub fn start(edition: &Edition, arguments: &[&str]) -> Server {
        Server::start_at(edition, &[&["--port", "0"], arguments].concat())
    }

    /// Starts the preview at the port that the arguments name.
    pub fn start_at(edition: &Edition, arguments: &[&str]) -> Server {
        Server::of(edition.serve(arguments))
    }

    /// Starts the preview and waits until it says where it listens.
    pub fn of(mut command: Command) -> Server {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap());
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        let (tell, told) = channel();
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                heard.lock().unwrap().push_str(&format!("{line}\n"));
                let address = line.strip_prefix("serving ").and_then(|rest| rest.split_once("http://"));
                let port = address.and_then(|(_, rest)| rest.split('/').next()?.rsplit(':').next()?.parse().ok());
                if let Some(port) = port {
                    let _: Result<(), _> = tell.send(port);
                }
            }
        });
        match told.recv_timeout(PATIENCE) {
            Ok(port) => Server { child, port, said },
            Err(_) => {
                let _ = child.kill();
                panic!("the preview does not say where it listens: {}", said.lock().unwrap())
            }
        }
    }

    /// The address of its home page.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// All that it said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits until something was said.
    pub fn until_said(&self, part: &str) {
        self.wait(part, || self.said().contains(part));
    }

    /// Waits until it has said each of some things and then nothing more for a moment.
    pub fn until_quiet(&self, parts: &[&str]) {
        let mut before = self.said().len();
        parts.iter().for_each(|part| self.until_said(part));
        loop {
            std::thread::sleep(Duration::from_millis(150));
            let now = self.said().len();
            if now == before {
                return;
            }
            before = now;
        }
    }

    /// Waits until an address is answered with a status.
    pub fn until_status(&self, path: &str, status: u16) {
        self.wait(&format!("{status} for {path}"), || get(self, path).status == status);
    }

    fn wait(&self, what: &str, done: impl Fn() -> bool) {
        for _ in 0..PATIENCE.as_millis() / 20 {
            if done() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("waited in vain: {what}\n{}", self.said());
    }

    /// A connection to it.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Ends it as `kill -9` does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that was ended already need not be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200, 404 …
    pub status: u16,
    /// Status line and fields.
    pub head: String,
    /// Content.
    pub body: Vec<u8>,
}

impl Answer {
    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Asks for a path, which goes out as it is written.
pub fn get(server: &Server, path: &str) -> Answer {
    answer(server, format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port).as_bytes())
}

/// Sends bytes and reads what comes.
pub fn answer(server: &Server, bytes: &[u8]) -> Answer {
    let mut stream = server.connect();
    // A server that has heard enough need not hear all.
    let _ = stream.write_all(bytes);
    raw(stream)
}

/// Reads an answer to its end.
pub fn raw(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else { panic!("no answer but {:?} ({read:?})", String::from_utf8_lossy(&bytes)) };
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).map(|it| it.parse().unwrap());
    assert!(body.is_empty() || length == Some(body.len()), "{head}: {} bytes came", body.len());
    Answer { status, head, body }
}

/// Something that an open page was told.
#[derive(Debug, Clone)]
pub struct Event {
    /// `reload` or `errors`.
    pub kind: String,
    /// JSON.
    pub data: String,
}

/// A page as it is open in a browser: it has a stream of events.
pub struct Page {
    path: String,
    events: Receiver<Event>,
    stream: TcpStream,
}

impl Page {
    /// Opens a page, and its stream of events as its script does.
    pub fn open(server: &Server, path: &str) -> Page {
        let html = get(server, &format!("/{path}")).text();
        let version = html.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
        let page = Page::open_as(server, path, version);
        // The first thing that a page is told is which errors there are.
        let first = page.next();
        assert_eq!(first.kind, "errors", "{path}: {first:?}");
        if first.data.contains("<pre>") {
            return Page::open_as(server, path, version);
        }
        page
    }

    /// Opens a stream for a page that shows what the version names.
    pub fn open_as(server: &Server, path: &str, version: &str) -> Page {
        let mut stream = server.connect();
        let asked = format!("GET /_engross/events?page={path}&version={version} HTTP/1.1");
        stream.write_all(format!("{asked}\r\nHost: 127.0.0.1:{}\r\n\r\n", server.port).as_bytes()).unwrap();
        stream.set_read_timeout(None).unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap());
        let (tell, events) = channel();
        std::thread::spawn(move || {
            let mut kind = String::new();
            for line in lines.lines().map_while(Result::ok) {
                if let Some(name) = line.strip_prefix("event: ") {
                    kind = name.to_owned();
                } else if let Some(data) = line.strip_prefix("data: ")
                    && tell.send(Event { kind: kind.clone(), data: data.to_owned() }).is_err()
                {
                    return;
                }
            }
        });
        Page { path: path.to_owned(), events, stream }
    }

    fn next(&self) -> Event {
        match self.events.recv_timeout(PATIENCE) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => panic!("{} was told nothing", self.path),
            Err(RecvTimeoutError::Disconnected) => panic!("{} lost its stream", self.path),
        }
    }

    /// Waits for what is looked for; gives all that was told up to it.
    fn until_event(&self, what: &str, is_it: impl Fn(&Event) -> bool) -> Vec<Event> {
        let mut told = Vec::new();
        loop {
            let event = match self.events.recv_timeout(PATIENCE) {
                Ok(event) => event,
                Err(error) => panic!("{} waited for {what} and was told {told:?} ({error})", self.path),
            };
            told.push(event);
            if told.last().is_some_and(&is_it) {
                return told;
            }
        }
    }

    /// Waits for an event of a kind; gives all that was told up to it.
    pub fn until(&self, kind: &str) -> Vec<Event> {
        self.until_event(kind, |event| event.kind == kind)
    }

    /// Waits until errors are shown that name something; gives all that was told up to then.
    pub fn until_errors(&self, part: &str) -> Vec<Event> {
        self.until_event(part, |event| event.kind == "errors" && event.data.contains(part))
    }

    /// Waits until no errors are shown.
    pub fn until_no_errors(&self) {
        self.until_event("no errors", |event| event.kind == "errors" && !event.data.contains("<pre>"));
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // One that was lost already need not be closed.
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}
