-- Customers, users and companies: the aggregate's own state, and what lists filter and sort by.
create table customers (
  tenant      text    not null,
  id          text    not null,
  created_seq integer  not null,
  version     integer not null,
  state       blob   not null,
  number      integer  not null,
  search_name text not null,
  is_archived integer not null,
  primary key (tenant, id)
);
create index customers_created on customers (tenant, created_seq);
create index customers_name on customers (tenant, search_name);

create table users (
  tenant      text    not null,
  id          text    not null,
  created_seq integer  not null,
  version     integer not null,
  state       blob   not null,
  search_name text not null,
  email       text not null,
  primary key (tenant, id)
);
create index users_created on users (tenant, created_seq);
create unique index users_id on users (id);

create table companies (
  tenant      text    not null,
  id          text    not null,
  created_seq integer  not null,
  version     integer not null,
  state       blob   not null,
  search_name text not null,
  primary key (tenant, id)
);
create unique index companies_id on companies (id);
