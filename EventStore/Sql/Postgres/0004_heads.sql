-- Which read models the last append of a tenant kept, and how far the others are.
alter table tenants add column models text collate "C" not null default '';

create table projection_heads (
  tenant   uuid not null,
  model    text collate "C" not null,
  sequence bigint not null,
  primary key (tenant, model)
);
