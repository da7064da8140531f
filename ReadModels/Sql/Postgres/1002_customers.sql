-- Customers, users and companies: the aggregate's own state, and what lists filter and sort by.
create table customers (
  tenant      uuid    not null,
  id          uuid    not null,
  created_seq bigint  not null,
  version     integer not null,
  state       bytea   not null,
  number      bigint  not null,
  search_name text    collate "C" not null,
  is_archived boolean not null,
  primary key (tenant, id)
);
create index customers_created on customers (tenant, created_seq);
create index customers_name on customers (tenant, search_name);

create table users (
  tenant      uuid    not null,
  id          uuid    not null,
  created_seq bigint  not null,
  version     integer not null,
  state       bytea   not null,
  search_name text    collate "C" not null,
  email       text    collate "C" not null,
  primary key (tenant, id)
);
create index users_created on users (tenant, created_seq);
create unique index users_id on users (id);

create table companies (
  tenant      uuid    not null,
  id          uuid    not null,
  created_seq bigint  not null,
  version     integer not null,
  state       bytea   not null,
  search_name text    collate "C" not null,
  primary key (tenant, id)
);
create unique index companies_id on companies (id);
