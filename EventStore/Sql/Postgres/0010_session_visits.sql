-- What a user is told of the own sessions: when one began, when it was last used and by what.
alter table sessions add column created_us bigint;
alter table sessions add column used_us bigint;
alter table sessions add column user_agent text;
create index sessions_expires on sessions (expires_us);

-- The user's version when the session began: a user may have ended all sessions of before a later one.
alter table sessions add column user_version integer not null default 0;
