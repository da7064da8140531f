-- Refresh tokens by their hash. A family is one session: it ends whole.
create table sessions (
  token_hash  bytea  primary key,
  family      uuid   not null,
  tenant      uuid   not null,
  user_id     uuid   not null,
  expires_us  bigint not null,
  replaced_us bigint,
  replay_key  bytea
);
create index sessions_family on sessions (family);
create index sessions_user on sessions (tenant, user_id);
