-- Events that tell of persons whose id is not their stream's; committed with the events. What an export and an erasure ask.
create table person_events (
  tenant   text    not null,
  person   text    not null,
  sequence integer not null,
  primary key (tenant, person, sequence)
) without rowid;
