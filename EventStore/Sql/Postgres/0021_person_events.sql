-- Events that tell of persons whose id is not their stream's; committed with the events. What an export and an erasure ask.
create table person_events (
  tenant   uuid   not null,
  person   uuid   not null,
  sequence bigint not null,
  primary key (tenant, person, sequence)
);
