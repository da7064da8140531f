-- How far the readers of the log have come, and what they gave up on.
create table checkpoints (
  name      text     collate "C" not null,
  partition smallint not null,
  position  bigint   not null,
  primary key (name, partition)
) with (fillfactor = 50);

create table reactor_cursors (
  reactor  text   collate "C" not null,
  tenant   uuid   not null,
  sequence bigint not null,
  primary key (reactor, tenant)
) with (fillfactor = 50);

create table dead_letters (
  reactor    text collate "C" not null,
  tenant     uuid not null,
  sequence   bigint not null,
  event_id   uuid not null,
  event_type text collate "C" not null,
  attempts   integer not null,
  error      text not null,
  time_us    bigint not null,
  retry      boolean not null,
  primary key (reactor, tenant, sequence)
);
