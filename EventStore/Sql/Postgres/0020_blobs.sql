-- Files beside the log, in pieces. What an event names stays; what nothing names goes a day after it came.
create table blobs (
  id         uuid   primary key,
  tenant     uuid   not null,
  owner      uuid   not null, -- the person whose key opens it; zeros: the company
  hash       bytea,           -- SHA-256 of the plain bytes; null while it is being written
  size       bigint not null, -- of the plain bytes
  media_type text   collate "C" not null,
  key        bytea,           -- opens the pieces, sealed with the person's key; null: they are plain
  stored_us  bigint not null,
  look_us    bigint,          -- from when on to look whether anything names it; null: no need to look
  constraint blobs_address unique (tenant, owner, hash)
);
create index blobs_look on blobs (look_us, id) where look_us is not null;

create table blob_pieces (
  blob   uuid    not null references blobs (id) on delete cascade,
  number integer not null,
  data   bytea   not null,
  tag    bytea, -- where the pieces are sealed
  primary key (blob, number)
);
-- Pictures and PDFs are compressed already.
alter table blob_pieces alter column data set storage external;

-- Streams whose events name a blob; committed with the events. The reference is what keeps the blob from being swept.
create table blob_uses (
  tenant      uuid  not null,
  owner       uuid  not null,
  hash        bytea not null,
  stream_type text  collate "C" not null,
  stream_id   uuid  not null,
  primary key (tenant, owner, hash, stream_id, stream_type),
  constraint blob_uses_blob foreign key (tenant, owner, hash) references blobs (tenant, owner, hash)
);

-- Bytes of each tenant's blobs.
create table blob_totals (
  tenant uuid   primary key,
  bytes  bigint not null
);
