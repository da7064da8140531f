-- How far the readers of the log have come, and what they gave up on.
create table checkpoints (
  name      text not null,
  partition integer not null,
  position  integer   not null,
  primary key (name, partition)
);

create table reactor_cursors (
  reactor  text not null,
  tenant   text   not null,
  sequence integer not null,
  primary key (reactor, tenant)
);

create table dead_letters (
  reactor    text not null,
  tenant     text not null,
  sequence   integer not null,
  event_id   text not null,
  event_type text not null,
  attempts   integer not null,
  error      text not null,
  time_us    integer not null,
  retry      integer not null,
  primary key (reactor, tenant, sequence)
);
