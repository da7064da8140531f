-- Refresh tokens by their hash. A family is one session: it ends whole.
create table sessions (
  token_hash  blob  primary key,
  family      text   not null,
  tenant      text   not null,
  user_id     text   not null,
  expires_us  integer not null,
  replaced_us integer,
  replay_key  blob
);
create index sessions_family on sessions (family);
create index sessions_user on sessions (tenant, user_id);
