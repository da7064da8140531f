-- Which read models the last append of a tenant kept, and how far the others are.
alter table tenants add column models text not null default '';

create table projection_heads (
  tenant   text not null,
  model    text not null,
  sequence integer not null,
  primary key (tenant, model)
);
