-- A rebuild replaces the terms of some invoices at a time.
create index if not exists invoice_terms_stream on invoice_terms (tenant, id);
