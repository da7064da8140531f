-- Invitations and API keys: the aggregate's own state, and what lists filter by.
create table invitations (
  tenant      uuid    not null,
  id          uuid    not null,
  created_seq bigint  not null,
  version     integer not null,
  state       bytea   not null,
  is_open     boolean not null,
  expires_us  bigint  not null,
  primary key (tenant, id)
);
create index invitations_open on invitations (tenant, created_seq) where is_open;

create table api_keys (
  tenant      uuid    not null,
  id          uuid    not null,
  created_seq bigint  not null,
  version     integer not null,
  state       bytea   not null,
  primary key (tenant, id)
);
create index api_keys_created on api_keys (tenant, created_seq);
