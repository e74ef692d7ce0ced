//! Whole pages: the chat, the login, a refusal, and the page that goes on by itself.

use almanac_agent_contract::Message;
use axum::response::{Html, IntoResponse};
use maud::{DOCTYPE, Markup, html};
use uuid::Uuid;

use super::super::adapter::Web;
use super::super::assets::{MARK, SCRIPT, STYLE};
use super::super::words::Words;
use super::{icons, turn};

/// Markup as a response.
pub(in crate::web) fn html(markup: Markup) -> impl IntoResponse {
    Html(markup.into_string())
}

/// One sentence in place of an answer.
pub(in crate::web) fn notice(sentence: &str) -> Markup {
    html! { p.notice { (sentence) } }
}

/// The chat, with its messages oldest first, and a word on what was just done.
pub(in crate::web) fn chat(web: &Web, messages: &[Message], done: Option<&str>) -> Markup {
    let words = web.words;
    let waiting = turn::any_pending(messages);
    let head = html! {
        script src=(SCRIPT.path) defer {}
        @if waiting {
            noscript { meta http-equiv="refresh" content="2"; }
        }
    };
    let body = html! {
        a.skip href="#text" { (words.skip) }
        header.top {
            div.column {
                h1.brand {
                    a href="/" {
                        img src=(MARK.path) alt="" width="28" height="28";
                        span { (web.options.workspace_name) }
                    }
                }
                form method="post" action="/new" {
                    button.quiet type="submit" { (icons::plus()) span { (words.new_chat) } }
                }
            }
        }
        main.column {
            @if messages.is_empty() { (welcome(words, &web.options.examples)) }
            div #log.log role="log" aria-live="polite" aria-label=(words.conversation) {
                (turn::turns(words, messages))
            }
            @if let Some(done) = done { p.notice role="status" { (done) } }
        }
        (composer(words))
    };
    document(web, &web.options.workspace_name, &head, &body)
}

/// The form that asks for the login key, and what was wrong with the last one.
pub(in crate::web) fn login_page(web: &Web, wrong: Option<&str>) -> Markup {
    let words = web.words;
    let body = html! {
        main.alone {
            img src=(MARK.path) alt="" width="44" height="44";
            h1 { (words.login_title) }
            @if let Some(wrong) = wrong { p.notice role="alert" { (wrong) } }
            form.login method="post" action="/login" {
                label for="key" { (words.login_key) }
                input #key type="password" name="key" required autofocus autocomplete="current-password";
                button.primary type="submit" { (words.login_open) }
            }
        }
    };
    document(web, words.login_title, &html! {}, &body)
}

/// What went wrong, on a page of its own.
pub(in crate::web) fn problem_page(web: &Web, sentence: &str) -> Markup {
    let body = html! {
        main.alone {
            img src=(MARK.path) alt="" width="44" height="44";
            p.notice role="alert" { (sentence) }
            a.primary href="/" { (web.words.back) }
        }
    };
    document(web, &web.options.workspace_name, &html! {}, &body)
}

/// A page that goes on to the chat by itself.
pub(in crate::web) fn bounce(web: &Web) -> Markup {
    let head = html! { meta http-equiv="refresh" content="0;url=/"; };
    let body = html! { main.alone { a href="/" { (web.words.opening) } } };
    document(web, &web.options.workspace_name, &head, &body)
}

fn document(web: &Web, title: &str, head: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(web.words.lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" href=(MARK.path) type="image/svg+xml";
                link rel="stylesheet" href=(STYLE.path);
                (head)
            }
            body { (body) }
        }
    }
}

fn welcome(words: &Words, examples: &[String]) -> Markup {
    html! {
        section #welcome.welcome {
            h2 { (words.welcome) }
            p { (words.promise) }
            @if !examples.is_empty() {
                h3.unseen { (words.examples) }
                div.examples {
                    @for example in examples {
                        (turn::asks(example, example))
                    }
                }
            }
        }
    }
}

fn composer(words: &Words) -> Markup {
    html! {
        footer.bottom {
            form #ask.composer.column method="post" action="/ask"
                data-reconnecting=(words.reconnecting) data-again=(words.try_again)
                data-asked=(words.you_asked)
            {
                input type="hidden" name="event_id" value=(Uuid::now_v7());
                div.box {
                    label.unseen for="text" { (words.placeholder) }
                    textarea #text name="text" rows="1" maxlength="20000" required autofocus
                        dir="auto" autocomplete="off" enterkeyhint="send"
                        placeholder=(words.placeholder) aria-describedby="keys" {}
                    button.send type="submit" aria-label=(words.ask) title=(words.ask) {
                        (icons::send())
                    }
                }
                p #keys.keys { (words.keys) }
            }
            template #pending { (turn::pending(words)) }
        }
    }
}
