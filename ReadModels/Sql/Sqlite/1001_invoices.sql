-- Invoices as lists and searches read them. Money in øre, dates as day numbers, times in µs.
create table invoices (
  tenant        text    not null,
  id            text    not null,
  created_seq   integer  not null,
  created_us    integer  not null,
  updated_us    integer  not null,
  version       integer not null,
  status        integer not null,
  is_overdue    integer not null,
  number        integer,
  kid           text,
  customer_id   text,
  customer_name text not null,
  search_name   text not null,
  issue_date    integer,
  due_date      integer,
  currency      text not null,
  reference     text,
  net           integer not null,
  vat           integer not null,
  gross         integer not null,
  payable       integer not null,
  paid          integer not null,
  outstanding   integer not null,
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
  tenant text not null,
  term   text not null,
  id     text not null,
  primary key (tenant, term, id)
);
