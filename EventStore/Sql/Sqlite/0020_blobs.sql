-- Files beside the log, in pieces. What an event names stays; what nothing names goes a day after it came.
create table blobs (
  id         text   primary key,
  tenant     text   not null,
  owner      text   not null, -- the person whose key opens it; zeros: the company
  hash       blob,           -- SHA-256 of the plain bytes; null while it is being written
  size       integer not null, -- of the plain bytes
  media_type text   not null,
  key        blob,           -- opens the pieces, sealed with the person's key; null: they are plain
  stored_us  integer not null,
  look_us    integer,          -- from when on to look whether anything names it; null: no need to look
  constraint blobs_address unique (tenant, owner, hash)
);
create index blobs_look on blobs (look_us, id) where look_us is not null;

create table blob_pieces (
  blob   text    not null references blobs (id) on delete cascade,
  number integer not null,
  data   blob   not null,
  tag    blob, -- where the pieces are sealed
  primary key (blob, number)
);

-- Streams whose events name a blob; committed with the events. The reference is what keeps the blob from being swept.
create table blob_uses (
  tenant      text  not null,
  owner       text  not null,
  hash        blob not null,
  stream_type text  not null,
  stream_id   text  not null,
  primary key (tenant, owner, hash, stream_id, stream_type),
  constraint blob_uses_blob foreign key (tenant, owner, hash) references blobs (tenant, owner, hash)
);

-- Bytes of each tenant's blobs.
create table blob_totals (
  tenant text   primary key,
  bytes  integer not null
);
