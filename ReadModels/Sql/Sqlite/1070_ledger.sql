-- The books: what events mean in accounts. Money in øre (debit above 0), dates as day numbers, months as year * 12 + month - 1, times in µs.

-- One row per event that is booked.
create table vouchers (
  tenant      text    not null,
  created_seq integer not null,
  id          text    not null,
  stream_id   text    not null,
  number      integer,
  kind        integer not null,
  date        integer not null,
  text        text    not null,
  created_us  integer not null,
  primary key (tenant, created_seq)
);
create unique index vouchers_id on vouchers (tenant, id);
create unique index vouchers_number on vouchers (tenant, number) where number is not null;
create index vouchers_date on vouchers (tenant, date, created_seq);
create index vouchers_created on vouchers (tenant, created_us, created_seq);
create index vouchers_stream on vouchers (tenant, stream_id);

-- Their lines; never changed.
create table ledger_lines (
  tenant      text    not null,
  created_seq integer not null,
  line        integer not null,
  stream_id   text    not null,
  date        integer not null,
  account     integer not null,
  amount      integer not null,
  vat_code    text,
  vat         integer not null,
  party       text,
  primary key (tenant, created_seq, line)
);
create index ledger_lines_account on ledger_lines (tenant, account, date, created_seq, line);
create index ledger_lines_date on ledger_lines (tenant, date);
create index ledger_lines_stream on ledger_lines (tenant, stream_id);

-- Sums of the lines by account and month.
create table account_months (
  tenant  text    not null,
  account integer not null,
  month   integer not null,
  debit   integer not null,
  credit  integer not null,
  primary key (tenant, account, month)
);

-- Bases and VAT of the lines by SAF-T code and month.
create table vat_months (
  tenant text    not null,
  code   text    not null,
  month  integer not null,
  base   integer not null,
  vat    integer not null,
  primary key (tenant, code, month)
);
