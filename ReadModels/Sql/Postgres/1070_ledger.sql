-- The books: what events mean in accounts. Money in øre (debit above 0), dates as day numbers, months as year * 12 + month - 1, times in µs.

-- One row per event that is booked.
create table vouchers (
  tenant      uuid    not null,
  created_seq bigint  not null,
  id          uuid    not null,
  stream_id   uuid    not null,
  number      bigint,
  kind        integer not null,
  date        integer not null,
  text        text    collate "C" not null,
  created_us  bigint  not null,
  primary key (tenant, created_seq)
);
create unique index vouchers_id on vouchers (tenant, id);
create unique index vouchers_number on vouchers (tenant, number) where number is not null;
create index vouchers_date on vouchers (tenant, date, created_seq);
create index vouchers_created on vouchers (tenant, created_us, created_seq);
create index vouchers_stream on vouchers (tenant, stream_id);

-- Their lines; never changed.
create table ledger_lines (
  tenant      uuid    not null,
  created_seq bigint  not null,
  line        integer not null,
  stream_id   uuid    not null,
  date        integer not null,
  account     integer not null,
  amount      bigint  not null,
  vat_code    text    collate "C",
  vat         bigint  not null,
  party       uuid,
  primary key (tenant, created_seq, line)
);
create index ledger_lines_account on ledger_lines (tenant, account, date, created_seq, line);
create index ledger_lines_date on ledger_lines (tenant, date);
create index ledger_lines_stream on ledger_lines (tenant, stream_id);

-- Sums of the lines by account and month.
create table account_months (
  tenant  uuid    not null,
  account integer not null,
  month   integer not null,
  debit   bigint  not null,
  credit  bigint  not null,
  primary key (tenant, account, month)
) with (fillfactor = 50);

-- Bases and VAT of the lines by SAF-T code and month.
create table vat_months (
  tenant uuid    not null,
  code   text    collate "C" not null,
  month  integer not null,
  base   bigint  not null,
  vat    bigint  not null,
  primary key (tenant, code, month)
) with (fillfactor = 50);
