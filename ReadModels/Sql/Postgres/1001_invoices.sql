-- Invoices as lists and searches read them. Money in øre, dates as day numbers, times in µs.
create table invoices (
  tenant        uuid    not null,
  id            uuid    not null,
  created_seq   bigint  not null,
  created_us    bigint  not null,
  updated_us    bigint  not null,
  version       integer not null,
  status        integer not null,
  is_overdue    boolean not null,
  number        bigint,
  kid           text collate "C",
  customer_id   uuid,
  customer_name text not null,
  search_name   text collate "C" not null,
  issue_date    integer,
  due_date      integer,
  currency      text not null,
  reference     text,
  net           bigint not null,
  vat           bigint not null,
  gross         bigint not null,
  payable       bigint not null,
  paid          bigint not null,
  outstanding   bigint not null,
  primary key (tenant, id)
);
create index invoices_created on invoices (tenant, created_seq);
create index invoices_status on invoices (tenant, status, created_seq);
create index invoices_customer on invoices (tenant, customer_id, created_seq) where customer_id is not null;
create unique index invoices_number on invoices (tenant, number) where number is not null;
create index invoices_status_number on invoices (tenant, status, number) where number is not null;
create index invoices_customer_number on invoices (tenant, customer_id, number) where number is not null and customer_id is not null;

-- What an invoice can be found by: number, KID, customer's name. A row says where to look, the invoice what holds.
create table invoice_terms (
  tenant uuid not null,
  term   text collate "C" not null,
  id     uuid not null,
  primary key (tenant, term, id)
);
