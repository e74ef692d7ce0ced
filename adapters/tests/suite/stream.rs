//! The page's event stream, over a real socket.

use std::time::Duration;

use almanac_adapters::web::Access;
use almanac_agent_contract::{Adapter, Outcome, Progress, Reply};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::browser::{Browser, web};
use crate::memory_line::{MemoryLine, working};

/// Reads until `until` has been seen, or the end.
async fn read(socket: &mut TcpStream, until: &str) -> String {
    let mut text = String::new();
    let mut bytes = [0; 4096];
    let reading = async {
        while !text.contains(until) {
            match socket.read(&mut bytes).await.unwrap() {
                0 => break,
                count => text.push_str(std::str::from_utf8(&bytes[..count]).unwrap()),
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(10), reading)
        .await
        .expect("nothing more came");
    text
}

#[tokio::test]
async fn progress_and_answers_of_the_own_chat_are_streamed_until_the_web_closes() {
    let line = MemoryLine::new();
    let web = web(&line, Access::Loopback);
    let mut browser = Browser::new(&web);
    let mut stranger = Browser::new(&web);
    for (who, text) in [(&mut browser, "mine"), (&mut stranger, "not mine")] {
        who.get("/").await;
        let form = [
            ("text", text),
            ("event_id", "018f3f3e-0000-7000-8000-000000000001"),
        ];
        who.post("/ask", &form).await;
    }
    let [mine, theirs] = [line.after(0).await, line.after(1).await];

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = web.router();
    let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let mut socket = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /events HTTP/1.1\r\nhost: localhost\r\ncookie: {}\r\n\r\n",
        browser.cookie_header()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    let head = read(&mut socket, "\r\n\r\n").await;
    assert!(head.contains("text/event-stream"), "{head}");

    web.progress(&working(&theirs), &Progress::Writing).await;
    line.answer_with(
        web.as_ref(),
        &theirs,
        Reply::words(Outcome::Answer, "secret"),
    )
    .await;
    web.progress(&working(&mine), &Progress::Using("query_metrics".into()))
        .await;
    line.answer_with(web.as_ref(), &mine, Reply::words(Outcome::Answer, "42"))
        .await;
    let heard = read(&mut socket, &mine.event_id).await;
    assert!(
        heard.contains("event: progress\ndata: Looking up the numbers…"),
        "{heard}"
    );
    assert!(
        heard.contains(&format!("event: said\ndata: {}", mine.event_id)),
        "{heard}"
    );
    assert!(
        !heard.contains("Writing") && !heard.contains(&theirs.event_id),
        "{heard}"
    );

    web.close();
    read(&mut socket, "0\r\n\r\n").await;
    server.abort();
}
