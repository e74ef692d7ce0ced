//! Commands, buttons, menus and forms.

use almanac_agent_contract::{Content, Language, Origin, Space, SpaceKind};
use serenity::all::{
    ActionRowComponent, ApplicationId, ChannelId, ChannelType, CommandDataOptionValue,
    CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, Interaction,
    InteractionId, MessageFlags, ModalInteraction, PartialChannel, User,
};

use super::super::address::Handle;
use super::super::commands::{
    ABOUT_THIS, ALERTS, ASK, DIGEST, FOLLOW, HELP, METRIC, PRIVATE, QUESTION,
};
use super::super::forms::Form;
use super::message::shown_name;
use super::{Asked, Call, FirstReply, From, Reader, inbound};
use crate::button::pressed;
use crate::question::question;
use crate::words;

/// What the interaction asks for, and what its answer needs.
pub(in super::super) fn interaction(reader: &Reader<'_>, asked: &Interaction) -> (Call, Asked) {
    let locale = match asked {
        Interaction::Command(it) | Interaction::Autocomplete(it) => it.locale.as_str(),
        Interaction::Component(it) => it.locale.as_str(),
        Interaction::Modal(it) => it.locale.as_str(),
        _ => "",
    };
    let told = Language::of_locale(locale);
    let call = Call {
        id: asked.id(),
        application: asked.application_id(),
        token: asked.token().to_owned(),
        language: told.unwrap_or(reader.language),
    };
    let asked = match asked {
        Interaction::Ping(_) => Asked::Ping,
        Interaction::Autocomplete(it) => complete(it),
        Interaction::Command(it) => command(reader, call.language, it),
        Interaction::Component(it) => component(reader, it),
        Interaction::Modal(it) => filled(reader, &call, it),
        _ => Asked::Ignored("an interaction of a new kind"),
    };
    let asked = match asked {
        Asked::Said { mut inbound, reply } => {
            inbound.origin.language = told;
            Asked::Said { inbound, reply }
        }
        other => other,
    };
    (call, asked)
}

fn complete(asked: &CommandInteraction) -> Asked {
    let typed = asked.data.options.iter().find_map(|it| match &it.value {
        CommandDataOptionValue::Autocomplete { value, .. } => Some(value.clone()),
        _ => None,
    });
    Asked::Complete {
        typed: typed.unwrap_or_default(),
    }
}

fn command(reader: &Reader<'_>, language: Language, asked: &CommandInteraction) -> Asked {
    let text = |name: &str| {
        asked.data.options.iter().find_map(|it| match &it.value {
            CommandDataOptionValue::String(text) if it.name == name => Some(text.as_str()),
            _ => None,
        })
    };
    let kept_private = asked
        .data
        .options
        .iter()
        .any(|it| it.name == PRIVATE && it.value == CommandDataOptionValue::Boolean(true));
    let (words, private) = match asked.data.name.as_str() {
        ASK => (text(QUESTION).unwrap_or_default().to_owned(), kept_private),
        FOLLOW => {
            return Asked::Fill {
                form: Form::Follow,
                metric: text(METRIC).unwrap_or_default().to_owned(),
            };
        }
        ALERTS => match text(METRIC) {
            Some(metric) => {
                return Asked::Fill {
                    form: Form::Alert,
                    metric: metric.to_owned(),
                };
            }
            None => (words::alerts(language).to_owned(), true),
        },
        DIGEST => (words::digest(language).to_owned(), true),
        HELP => (words::help(language).to_owned(), true),
        ABOUT_THIS => {
            let target = asked.data.target_id.map(|it| it.to_message_id());
            let about = target.and_then(|id| asked.data.resolved.messages.get(&id));
            let said = about.map(|it| super::message::words(reader, it));
            (said.unwrap_or_default(), false)
        }
        _ => return Asked::Ignored("a command that is not there"),
    };
    match question(&words) {
        Ok(text) => said(
            reader,
            asked.id,
            of(
                asked.application_id,
                &asked.token,
                place(
                    asked.channel.as_ref(),
                    asked.channel_id,
                    asked.guild_id.is_some(),
                ),
                &asked.user,
                private,
            ),
            Content::Text { text },
        ),
        Err(error) => Asked::Empty(error),
    }
}

fn component(reader: &Reader<'_>, asked: &ComponentInteraction) -> Asked {
    let carried = match &asked.data.kind {
        ComponentInteractionDataKind::Button => Some(asked.data.custom_id.as_str()),
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    };
    let Some(content) = carried.and_then(pressed) else {
        return Asked::NotOurs;
    };
    let only_for_them = asked
        .message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    let from = of(
        asked.application_id,
        &asked.token,
        place(
            asked.channel.as_ref(),
            asked.channel_id,
            asked.guild_id.is_some(),
        ),
        &asked.user,
        only_for_them,
    );
    let verdict = matches!(&content, Content::Pressed { action, .. }
        if action == "good" || action == "bad");
    if !verdict {
        return said(reader, asked.id, from, content);
    }
    // The same verdict of the same person is one, however often it is pressed.
    let event_id = format!("{}.{}", carried.unwrap_or_default(), from.user);
    Asked::Said {
        inbound: Box::new(inbound(reader, event_id, from, content)),
        reply: FirstReply::Noted,
    }
}

fn filled(reader: &Reader<'_>, call: &Call, asked: &ModalInteraction) -> Asked {
    let Some(form) = Form::of(&asked.data.custom_id) else {
        return Asked::NotOurs;
    };
    let has_fields = asked
        .data
        .components
        .iter()
        .flat_map(|row| &row.components)
        .any(|it| matches!(it, ActionRowComponent::InputText(_)));
    if !has_fields {
        return Asked::NotOurs;
    }
    match question(&form.said(&asked.data.components, call.language)) {
        Ok(text) => said(
            reader,
            asked.id,
            of(
                asked.application_id,
                &asked.token,
                place(
                    asked.channel.as_ref(),
                    asked.channel_id,
                    asked.guild_id.is_some(),
                ),
                &asked.user,
                true,
            ),
            Content::Text { text },
        ),
        Err(error) => Asked::Empty(error),
    }
}

fn said(reader: &Reader<'_>, id: InteractionId, from: From, content: Content) -> Asked {
    Asked::Said {
        inbound: Box::new(inbound(
            reader,
            id.to_string(),
            From {
                made: id.get(),
                ..from
            },
            content,
        )),
        reply: FirstReply::Thinking,
    }
}

fn of(application: ApplicationId, token: &str, space: Space, user: &User, private: bool) -> From {
    let handle = Handle {
        application,
        token: token.to_owned(),
    };
    From {
        application,
        space,
        user: user.id.to_string(),
        name: Some(shown_name(user)),
        origin: Origin {
            message: None,
            handle: Some(handle.write()),
            private,
            language: None,
        },
        made: 0,
    }
}

/// Interactions say whether their channel is a thread.
fn place(channel: Option<&PartialChannel>, id: ChannelId, in_guild: bool) -> Space {
    let is_thread = channel.is_some_and(|it| {
        matches!(
            it.kind,
            ChannelType::PublicThread | ChannelType::PrivateThread | ChannelType::NewsThread
        )
    });
    let kind = if in_guild {
        SpaceKind::Channel
    } else {
        SpaceKind::Direct
    };
    match channel.and_then(|it| it.parent_id).filter(|_| is_thread) {
        Some(parent) => Space {
            id: parent.to_string(),
            kind,
            thread: Some(id.to_string()),
        },
        None => Space {
            id: id.to_string(),
            kind,
            thread: None,
        },
    }
}
