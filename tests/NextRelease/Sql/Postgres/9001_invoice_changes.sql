-- How often each invoice changed: a read model of the next release.
create table invoice_changes (
  tenant  uuid    not null,
  id      uuid    not null,
  changes integer not null,
  last    text    not null,
  paid    bigint  not null,
  primary key (tenant, id)
);
