-- Snapshots that stay, so that a long stream can be read as it was; the table of the latest ones is the previous release's, too.
create table kept_snapshots (
  tenant      text    not null,
  stream_type text not null,
  stream_id   text    not null,
  schema      integer not null,
  version     integer not null,
  state       blob   not null,
  primary key (tenant, stream_id, stream_type, schema, version)
);
