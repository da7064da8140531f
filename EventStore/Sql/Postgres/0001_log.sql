-- The event log and what commits with it. Times are µs since 1970 (UTC); hashes and JSON are bytes.
create table events (
  position       bigint generated always as identity,
  tenant         uuid     not null,
  sequence       bigint   not null,
  partition      smallint not null,
  stream_type    text     collate "C" not null,
  stream_id      uuid     not null,
  version        integer  not null,
  event_id       uuid     not null,
  type           text     collate "C" not null,
  schema_version smallint not null,
  time_us        bigint   not null,
  data           bytea    not null,
  metadata       bytea    not null,
  hash           bytea    not null,
  constraint events_sequence primary key (tenant, sequence),
  constraint events_version unique (stream_id, version, stream_type, tenant)
);
create unique index events_partition on events (partition, position);
alter table events alter column data set storage external, alter column metadata set storage external;

-- Where each tenant's log ends.
create table tenants (
  tenant   uuid   primary key,
  sequence bigint not null,
  hash     bytea  not null,
  time_us  bigint not null
) with (fillfactor = 50);

-- Commands that happened under a key.
create table commands (
  tenant      uuid    not null,
  key         bytea   not null,
  fingerprint bytea   not null,
  stream_type text    collate "C" not null,
  stream_id   uuid    not null,
  version     integer not null,
  primary key (tenant, key)
);

-- Values that may exist once in the whole system.
create table reservations (
  scope  text collate "C" not null,
  value  text collate "C" not null,
  tenant uuid not null,
  owner  uuid not null,
  primary key (scope, value)
);

-- What must never be in an event.
create table secrets (
  tenant  uuid  not null,
  subject uuid  not null,
  kind    text  collate "C" not null,
  value   bytea not null,
  primary key (tenant, subject, kind)
);

-- The last number given out in each series without gaps.
create table counters (
  tenant uuid   not null,
  series text   collate "C" not null,
  value  bigint not null,
  primary key (tenant, series)
) with (fillfactor = 50);

create table snapshots (
  tenant      uuid    not null,
  stream_type text    collate "C" not null,
  stream_id   uuid    not null,
  version     integer not null,
  schema      integer not null,
  state       bytea   not null,
  primary key (tenant, stream_id, stream_type)
);

-- Facts about the store itself: the epoch.
create table store (
  name  text collate "C" primary key,
  value text not null
);
insert into store (name, value) values ('epoch', gen_random_uuid()::text);

-- Keys that all processes share; private halves wrapped by the master key.
create table keys (
  id         text   collate "C" primary key,
  purpose    text   collate "C" not null,
  created_us bigint not null,
  public     bytea  not null,
  wrapped    bytea  not null
);
