-- What has no number ends a list by number: found without passing all that has one.
create index invoices_unnumbered on invoices (tenant, created_seq) where number is null;
