-- Invitations and API keys: the aggregate's own state, and what lists filter by.
create table invitations (
  tenant      text    not null,
  id          text    not null,
  created_seq integer not null,
  version     integer not null,
  state       blob    not null,
  is_open     integer not null,
  expires_us  integer not null,
  primary key (tenant, id)
);
create index invitations_open on invitations (tenant, created_seq) where is_open;

create table api_keys (
  tenant      text    not null,
  id          text    not null,
  created_seq integer not null,
  version     integer not null,
  state       blob    not null,
  primary key (tenant, id)
);
create index api_keys_created on api_keys (tenant, created_seq);
