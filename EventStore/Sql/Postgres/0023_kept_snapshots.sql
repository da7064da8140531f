-- Snapshots that stay, so that a long stream can be read as it was; the table of the latest ones is the previous release's, too.
create table kept_snapshots (
  tenant      uuid    not null,
  stream_type text    collate "C" not null,
  stream_id   uuid    not null,
  schema      integer not null,
  version     integer not null,
  state       bytea   not null,
  primary key (tenant, stream_id, stream_type, schema, version)
);
