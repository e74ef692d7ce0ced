//! Which channel a thread belongs to, and which roles are Almanac's own. A message does not say
//! whether it stands in a thread, nor whose role it mentions, so the gateway's word about both is
//! kept: it tells of all of them when it is connected to.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;
use serenity::all::{ChannelId, Event, GuildChannel, GuildId, Role, RoleId, UserId};

/// As many as are remembered. A server has a thousand active ones at most.
const MOST: usize = 20_000;

/// The threads that are known.
#[derive(Debug, Default)]
pub(super) struct Threads {
    parents: Mutex<HashMap<u64, u64>>,
    roles: Mutex<HashSet<u64>>,
    guilds: Mutex<HashSet<u64>>,
}

impl Threads {
    /// The channel this thread belongs to; `None` where it is no thread.
    pub(super) fn parent(&self, channel: ChannelId) -> Option<ChannelId> {
        let parents = self.parents.lock().unwrap_or_else(PoisonError::into_inner);
        parents.get(&channel.get()).copied().map(ChannelId::new)
    }

    /// Takes note of a thread.
    pub(super) fn know(&self, thread: ChannelId, parent: ChannelId) {
        let mut parents = self.parents.lock().unwrap_or_else(PoisonError::into_inner);
        if parents.len() >= MOST
            && let Some(oldest) = parents.keys().min().copied()
        {
            parents.remove(&oldest);
        }
        parents.insert(thread.get(), parent.get());
    }

    /// Whether the role is the one that Discord made for Almanac when it was invited. It has the
    /// same name, and people mention it for the bot.
    pub(super) fn is_own(&self, role: RoleId) -> bool {
        let roles = self.roles.lock().unwrap_or_else(PoisonError::into_inner);
        roles.contains(&role.get())
    }

    /// Whether the gateway told of all of these servers.
    pub(super) fn knows(&self, guilds: &[GuildId]) -> bool {
        let known = self.guilds.lock().unwrap_or_else(PoisonError::into_inner);
        guilds.iter().all(|guild| known.contains(&guild.get()))
    }

    fn know_guild(&self, guild: u64) {
        let mut known = self.guilds.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(guild);
    }

    /// Takes note of what the gateway says of threads and roles.
    pub(super) fn hear(&self, event: &Event, me: UserId) {
        match event {
            Event::GuildCreate(event) => {
                self.know_all(&event.guild.threads);
                for role in event.guild.roles.values() {
                    self.know_role(role, me);
                }
                self.know_guild(event.guild.id.get());
            }
            Event::GuildRoleCreate(event) => self.know_role(&event.role, me),
            Event::ThreadListSync(event) => self.know_all(&event.threads),
            Event::ThreadCreate(event) => self.know_all(std::slice::from_ref(&event.thread)),
            Event::ThreadUpdate(event) => self.know_all(std::slice::from_ref(&event.thread)),
            Event::ThreadDelete(event) => {
                let mut parents = self.parents.lock().unwrap_or_else(PoisonError::into_inner);
                parents.remove(&event.thread.id.get());
            }
            // With something in it that serenity does not know yet.
            Event::Unknown(event) if event.kind == "GUILD_CREATE" => {
                self.know_raw(&event.value["threads"]);
                for role in event.value["roles"].as_array().into_iter().flatten() {
                    let of = &role["tags"]["bot_id"];
                    let own = of.as_str().and_then(super::address::number) == Some(me.get());
                    let id = role["id"].as_str().and_then(super::address::number);
                    if let Some(id) = id.filter(|_| own) {
                        self.know_own(RoleId::new(id));
                    }
                }
                let guild = event.value["id"].as_str();
                if let Some(guild) = guild.and_then(super::address::number) {
                    self.know_guild(guild);
                }
            }
            _ => {}
        }
    }

    fn know_role(&self, role: &Role, me: UserId) {
        if role.tags.bot_id == Some(me) {
            self.know_own(role.id);
        }
    }

    fn know_own(&self, role: RoleId) {
        let mut roles = self.roles.lock().unwrap_or_else(PoisonError::into_inner);
        roles.insert(role.get());
    }

    fn know_all(&self, threads: &[GuildChannel]) {
        for thread in threads {
            if let Some(parent) = thread
                .parent_id
                .filter(|_| thread.thread_metadata.is_some())
            {
                self.know(thread.id, parent);
            }
        }
    }

    fn know_raw(&self, threads: &Value) {
        let id = |value: &Value| value.as_str().and_then(super::address::number);
        for thread in threads.as_array().into_iter().flatten() {
            if let (Some(thread), Some(parent)) = (id(&thread["id"]), id(&thread["parent_id"])) {
                self.know(ChannelId::new(thread), ChannelId::new(parent));
            }
        }
    }
}
