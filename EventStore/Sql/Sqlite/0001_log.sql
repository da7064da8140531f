-- The event log and what commits with it. Times are µs since 1970 (UTC); hashes and JSON are bytes.
create table events (
  position       integer primary key autoincrement,
  tenant         text     not null,
  sequence       integer   not null,
  partition      integer not null,
  stream_type    text not null,
  stream_id      text     not null,
  version        integer  not null,
  event_id       text     not null,
  type           text not null,
  schema_version integer not null,
  time_us        integer   not null,
  data           blob    not null,
  metadata       blob    not null,
  hash           blob    not null,
  constraint events_sequence unique (tenant, sequence),
  constraint events_version unique (stream_id, version, stream_type, tenant)
);
create unique index events_partition on events (partition, position);

-- Where each tenant's log ends.
create table tenants (
  tenant   text   primary key,
  sequence integer not null,
  hash     blob  not null,
  time_us  integer not null
);

-- Commands that happened under a key.
create table commands (
  tenant      text    not null,
  key         blob   not null,
  fingerprint blob   not null,
  stream_type text not null,
  stream_id   text    not null,
  version     integer not null,
  primary key (tenant, key)
);

-- Values that may exist once in the whole system.
create table reservations (
  scope  text not null,
  value  text not null,
  tenant text not null,
  owner  text not null,
  primary key (scope, value)
);

-- What must never be in an event.
create table secrets (
  tenant  text  not null,
  subject text  not null,
  kind    text not null,
  value   blob not null,
  primary key (tenant, subject, kind)
);

-- The last number given out in each series without gaps.
create table counters (
  tenant text   not null,
  series text not null,
  value  integer not null,
  primary key (tenant, series)
);

create table snapshots (
  tenant      text    not null,
  stream_type text not null,
  stream_id   text    not null,
  version     integer not null,
  schema      integer not null,
  state       blob   not null,
  primary key (tenant, stream_id, stream_type)
);

-- Facts about the store itself: the epoch.
create table store (
  name  text primary key,
  value text not null
);
insert into store (name, value) values ('epoch', lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))));

-- Keys that all processes share; private halves wrapped by the master key.
create table keys (
  id         text primary key,
  purpose    text not null,
  created_us integer not null,
  public     blob  not null,
  wrapped    blob  not null
);
